import type { Document, LineCounter, Node, Pair } from 'yaml'
import type { Position } from './span.ts'

/** Keys and indexes that lead from the root of a YAML text to a part of it. */
export type YamlPath = readonly (string | number)[]

/** Where the parts of a YAML text stand, and the first thing that keeps it from being YAML. */
export type YamlPlaces = {
  readonly at: (offset: number) => Position
  /** Where an entry stands, marked at its key or its value (one of a list has no key); the deepest part of the path that is there. */
  readonly of: (path: YamlPath, mark: 'key' | 'value') => Position
  readonly trouble: { readonly message: string; readonly at: Position } | undefined
}

const startOf = (node: unknown): number | undefined => (node as Partial<Node> | null | undefined)?.range?.[0]

const isPair = (item: unknown): item is Pair => typeof item === 'object' && item !== null && 'key' in item

const keyIn = (map: unknown, name: string): unknown =>
  (map as { readonly items?: readonly unknown[] } | null | undefined)?.items
    ?.filter(isPair)
    .find(({ key }) => String(key) === name)?.key

/** The places of a document that was parsed with the counter. Only looks at its nodes: a room that reads YAML now and then need not load the parser for it. */
export const createYamlPlaces = (document: Document, counter: LineCounter): YamlPlaces => {
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const of: YamlPlaces['of'] = (path, mark) => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const key =
        mark === 'key'
          ? keyIn(document.getIn(path.slice(0, depth - 1), true), String(path[depth - 1]))
          : undefined
      const start = startOf(key ?? document.getIn(path.slice(0, depth), true))
      if (start !== undefined) return at(start)
    }
    return { line: 1, column: 1 }
  }
  const [error] = document.errors
  // The parser draws the line below its sentence, and names the place in it.
  const [sentence = ''] = error?.message.split('\n', 1) ?? []
  const message = sentence.replace(/ at line \d+, column \d+:?$/, '')
  return { at, of, trouble: error && { message, at: at(error.pos[0]) } }
}
