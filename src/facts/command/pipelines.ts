import { parse } from 'unbash'
import type { CommandWords } from '../types.ts'

/** The simple commands of one pipeline, in order. */
export type Pipeline = readonly CommandWords[]

type Node = { readonly type?: string } & Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value : [value]).filter(isNode)

const MOST_WORDS = 64

// `nf_conntrack_{count,max}` is two words; ranges and braces within braces stay as they are written.
const choicesOf = (part: Node): readonly string[] => {
  const text = String(part.text)
  if (part.type !== 'BraceExpansion' || !/^\{[^{}]*,[^{}]*\}$/.test(text)) return [String(part.value ?? text)]
  return text.slice(1, -1).split(',')
}

const braced = (word: Node): readonly string[] => {
  const parts = nodesOf(word.parts)
  if (!parts.some(part => part.type === 'BraceExpansion')) return [String(word.value)]
  return parts.reduce<readonly string[]>(
    (made, part) => made.flatMap(start => choicesOf(part).map(choice => start + choice)).slice(0, MOST_WORDS),
    [''],
  )
}

const wordsOf = (node: Node): CommandWords => {
  const name = nodesOf(node.name)[0]?.value
  const rest = nodesOf(node.suffix).flatMap(part => {
    if (part.type === 'Word') return braced(part)
    return part.type === 'Assignment' ? [String(part.text)] : []
  })
  return typeof name === 'string' ? [name, ...rest] : []
}

const bodies = ['commands', 'command', 'clause', 'then', 'elif', 'else', 'body', 'items'] as const

const collect = (node: Node): readonly Pipeline[] => {
  if (node.type === 'Command') return [[wordsOf(node)].filter(words => words.length > 0)]
  if (node.type === 'Pipeline') return [nodesOf(node.commands).flatMap(collect).flat()]
  return bodies.flatMap(key => nodesOf(node[key]).flatMap(collect))
}

/** The pipelines of a shell text in order of appearance, those in loops and branches included. A text that does not parse gives what could be read. */
export const pipelinesOf = (text: string): readonly Pipeline[] =>
  collect(parse(text) as unknown as Node).filter(pipeline => pipeline.length > 0)
