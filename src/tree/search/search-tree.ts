import { rankTexts } from '../../base/index.ts'
import type { Tree } from '../types.ts'
import {
  compileSearchIndex,
  type SearchEntry,
  type SearchIndex,
  searchFields,
} from './compile-search-index.ts'

const keyOf = ({ ref, text }: SearchEntry): string => `${ref.runbook}#${ref.step} ${text}`

/** The same text twice in a step is found once. */
const searchField = (entries: readonly SearchEntry[], words: string): readonly SearchEntry[] => {
  const texts = entries.map(({ text }) => text.toLowerCase())
  const hits = new Map<string, SearchEntry>()
  for (const at of rankTexts(texts, words)) {
    const entry = entries[at]
    if (entry !== undefined && !hits.has(keyOf(entry))) hits.set(keyOf(entry), entry)
  }
  return [...hits.values()]
}

/** Finds words in an index: titles first, then commands, captions and explanations, the closest first. At most `limit` hits. */
export const searchIndex = (index: SearchIndex, words: string, limit = 50): readonly SearchEntry[] => {
  const wanted = words.trim()
  if (wanted === '') return []
  const hits: SearchEntry[] = []
  for (const field of searchFields) {
    if (hits.length >= limit) break
    hits.push(...searchField(index.get(field) ?? [], wanted))
  }
  return hits.slice(0, limit)
}

/** Finds words in trees; see `searchIndex`, which is quicker for several searches. */
export const searchTree = (trees: readonly Tree[], words: string): readonly SearchEntry[] =>
  searchIndex(compileSearchIndex(trees), words)
