import type { CommandWords } from '../types.ts'
import { isConverter, isFeeder, keepsLines } from './filters.ts'
import { type Pipeline, pipelinesOf } from './pipelines.ts'
import { unwrap, withBaseName } from './unwrap.ts'

const DEEPEST = 6

const bareCommands = (words: CommandWords, depth: number): readonly CommandWords[] => {
  const argv = withBaseName(words)
  const inner = depth > DEEPEST ? undefined : unwrap(argv)
  if (inner === undefined) return [argv]
  if (inner.kind === 'text') return candidatesOf(inner.text, depth + 1)
  return inner.argv.length === 0 ? [] : bareCommands(inner.argv, depth + 1)
}

const producersOf = (pipeline: Pipeline, depth: number): readonly CommandWords[] => {
  const converter = pipeline.findLastIndex(argv => bareCommands(argv, depth).some(isConverter))
  const first = converter >= 0 ? converter : pipeline.findIndex(argv => !isFeeder(argv))
  const producer = pipeline[first]
  if (producer === undefined) return []
  const rest = pipeline.slice(first + 1).map(withBaseName)
  return rest.every(keepsLines) ? bareCommands(producer, depth) : []
}

const candidatesOf = (text: string, depth: number): readonly CommandWords[] =>
  pipelinesOf(text).flatMap(pipeline => producersOf(pipeline, depth))

/**
 * The commands whose own output a shell text prints, in order: wrappers (sudo, env, timeout, ssh HOST, gravity exec, bash -c …),
 * assignments and paths are taken away, filters that keep lines (grep, tail, head, sort, less) are looked through. A pipeline that
 * rewrites its lines (awk, cut, jq, grep -c) gives none.
 */
export const commandWordsOf = (line: string): readonly CommandWords[] => candidatesOf(line, 0)
