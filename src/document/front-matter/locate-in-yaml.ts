import { isMap, isNode, isPair, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import type { Position } from '../../base/index.ts'

/** Keys and indexes that lead from the front matter's root to an entry. */
export type YamlPath = readonly (string | number)[]

/** A parsed front matter with what is needed to tell places in it. */
export type YamlText = { readonly root: unknown; readonly lineCounter: LineCounter }

/** What a diagnostic marks: the entry's key or its value. */
export type YamlTarget = 'key' | 'value'

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key)

type Entry = { readonly key: unknown; readonly value: unknown }

const entryOf = (node: unknown, step: string | number): Entry | undefined => {
  if (isMap(node)) return node.items.find(item => isPair(item) && keyText(item.key) === String(step))
  if (!isSeq(node)) return undefined
  const value = node.items[Number(step)]
  return value === undefined ? undefined : { key: value, value }
}

const nodeAt = (root: unknown, path: YamlPath, target: YamlTarget): Node | undefined => {
  let found: Entry = { key: root, value: root }
  for (const step of path) found = entryOf(found.value, step) ?? found
  const wanted = target === 'key' ? found.key : found.value
  if (isNode(wanted)) return wanted
  return isNode(found.key) ? found.key : undefined
}

/** The place of an offset in the front matter's text, in the whole file: the text begins on the file's second line. */
export const positionOf = (lineCounter: LineCounter, offset: number): Position => {
  const { line, col } = lineCounter.linePos(offset)
  return { line: Math.max(1, line) + 1, column: Math.max(1, col) }
}

/** Where an entry stands in the file; the nearest entry above it when it does not exist. */
export const locateInYaml = ({ root, lineCounter }: YamlText, path: YamlPath, target: YamlTarget): Position =>
  positionOf(lineCounter, nodeAt(root, path, target)?.range?.[0] ?? 0)
