import type { ASTNode } from '@marcbachmann/cel-js'
import type { TextPattern } from '../base/index.ts'
import type { Expression } from './expression.ts'
import { requiredLiterals } from './required-literals.ts'
import { countedBy, listMacroOf } from './syntax.ts'

/** Texts in small letters; one of them stands in the output. */
type AnyOf = readonly string[]

const nothing: readonly AnyOf[] = []

const textIn = (node: ASTNode | undefined): string | undefined =>
  node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined

// What runs over the end of a line is no text of a line.
const ofPattern = (pattern: TextPattern): readonly AnyOf[] => {
  const literals = requiredLiterals(pattern)
  return literals === undefined || literals.some(text => text.includes('\n')) ? nothing : [literals]
}

const ofLiteral = (text = ''): readonly AnyOf[] => ofPattern({ kind: 'literal', text })

const ofAlternatives = (sides: readonly (readonly AnyOf[])[]): readonly AnyOf[] =>
  sides.every(needs => needs.length > 0) ? [sides.flatMap(([first = []]) => first)] : nothing

/** What one text needs, for a part of an expression that asks it. */
const ofText = (node: ASTNode, isText: (node: ASTNode) => boolean): readonly AnyOf[] => {
  if (node.op === '&&') return node.args.flatMap(part => ofText(part, isText))
  if (node.op === '||') return ofAlternatives(node.args.map(part => ofText(part, isText)))
  if (node.op === '==') return isText(node.args[0]) ? ofLiteral(textIn(node.args[1])) : nothing
  if (node.op !== 'rcall') return nothing
  const [method, receiver, [given]] = node.args
  const text = textIn(given)
  if (!isText(receiver) || text === undefined) return nothing
  if (method === 'matches') return ofPattern({ kind: 'regex', source: text, flags: '' })
  return ['contains', 'startsWith', 'endsWith'].includes(method) ? ofLiteral(text) : nothing
}

const isNamed =
  (name: string) =>
  (node: ASTNode): boolean =>
    node.op === 'id' && node.args === name

const isLines = isNamed('lines')
const isOutput = isNamed('output')

/** The whole output, or one of its lines by its place: `lines[size(lines) - 1]`. */
const isWhole = (node: ASTNode): boolean => isOutput(node) || (node.op === '[]' && isLines(node.args[0]))

/** What the lines need of which a macro finds one: `lines.exists(l, …)`. */
const ofLines = (node: ASTNode | undefined, name: string): readonly AnyOf[] => {
  const macro = listMacroOf(node)
  return macro?.name === name && macro.fact === 'lines'
    ? ofText(macro.when, isNamed(macro.variable))
    : nothing
}

/** The same of lines that are counted, where at least one is asked for: `lines.filter(l, …).size() >= 3`. */
const ofCount = (node: ASTNode): readonly AnyOf[] => {
  if (node.op !== '>=' && node.op !== '>') return nothing
  const [counted, least] = node.args
  const isOne = least.op === 'value' && Number(least.args) >= (node.op === '>' ? 0 : 1)
  return isOne ? ofLines(countedBy(counted), 'filter') : nothing
}

/**
 * The texts that an output must hold for an expression over its `lines` or its whole `output` to be true: of each group one. Empty where
 * none can be told.
 */
export const neededTexts = ({ ast }: Expression): readonly AnyOf[] => {
  const ofNode = (node: ASTNode): readonly AnyOf[] => {
    if (node.op === '&&') return node.args.flatMap(ofNode)
    if (node.op === '||') return ofAlternatives(node.args.map(ofNode))
    const found = [ofLines(node, 'exists'), ofCount(node), ofText(node, isWhole)]
    return found.find(needs => needs.length > 0) ?? nothing
  }
  return ofNode(ast)
}
