import type { CommandWords } from '../types.ts'
import { isConverter, isFeeder, keepsLines } from './filters.ts'
import { type Pipeline, pipelinesOf } from './pipelines.ts'
import { unwrap, withBaseName } from './unwrap.ts'

/** A command with the stages that stand behind it in its pipelines, those of the shells around it included. */
export type Producer = { readonly argv: CommandWords; readonly stages: readonly CommandWords[] }

const DEEPEST = 6

const bareCommands = (words: CommandWords, depth: number): readonly Producer[] => {
  const argv = withBaseName(words)
  const inner = depth > DEEPEST ? undefined : unwrap(argv)
  if (inner === undefined) return [{ argv, stages: [] }]
  if (inner.kind === 'text') return producersIn(inner.text, depth + 1)
  return inner.argv.length === 0 ? [] : bareCommands(inner.argv, depth + 1)
}

const producersOf = (pipeline: Pipeline, depth: number): readonly Producer[] => {
  const converter = pipeline.findLastIndex(argv =>
    bareCommands(argv, depth).some(bare => isConverter(bare.argv)),
  )
  const first = converter >= 0 ? converter : pipeline.findIndex(argv => !isFeeder(argv))
  const producer = pipeline[first]
  if (producer === undefined) return []
  const behind = pipeline.slice(first + 1).map(withBaseName)
  return bareCommands(producer, depth).map(({ argv, stages }) => ({ argv, stages: [...stages, ...behind] }))
}

const producersIn = (text: string, depth: number): readonly Producer[] =>
  pipelinesOf(text).flatMap(pipeline => producersOf(pipeline, depth))

/**
 * The commands of a shell text with the stages behind each, in order: wrappers (sudo, env, timeout, ssh HOST, gravity exec,
 * bash -c …), assignments and paths are taken away.
 */
export const producersOfLine = (line: string): readonly Producer[] => producersIn(line, 0)

/**
 * The commands whose own output a shell text prints, in order: filters that keep lines (grep, tail, head, sort, less) are looked
 * through. A pipeline that rewrites its lines (awk, cut, grep -c) gives none.
 */
export const commandWordsOf = (line: string): readonly CommandWords[] =>
  producersOfLine(line).flatMap(({ argv, stages }) => (stages.every(keepsLines) ? [argv] : []))
