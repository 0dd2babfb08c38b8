import type { Tree } from '../types.ts'
import {
  compileSearchIndex,
  type SearchEntry,
  type SearchIndex,
  searchFields,
} from './compile-search-index.ts'
import { matchTexts } from './match-texts.ts'

/** A place where words were found; `ranges` are pairs of offsets in `text`, end exclusive, to be marked. */
export type SearchHit = SearchEntry & { readonly ranges: readonly number[] }

const keyOf = ({ ref, text }: SearchEntry): string => `${ref.runbook}#${ref.step} ${text}`

/** The same text twice in a step is found once. */
const searchField = (entries: readonly SearchEntry[], words: string): readonly SearchHit[] => {
  const matches = matchTexts(
    entries.map(entry => entry.text),
    words,
  )
  const hits = new Map<string, SearchHit>()
  for (const { at, ranges } of matches) {
    const entry = entries[at]
    if (entry !== undefined && !hits.has(keyOf(entry))) hits.set(keyOf(entry), { ...entry, ranges })
  }
  return [...hits.values()]
}

/** Finds words in an index: titles first, then commands, captions and explanations, the closest first. At most `limit` hits. */
export const searchIndex = (index: SearchIndex, words: string, limit = 50): readonly SearchHit[] => {
  const wanted = words.trim()
  if (wanted === '') return []
  const hits: SearchHit[] = []
  for (const field of searchFields) {
    if (hits.length >= limit) break
    for (const hit of searchField(index.get(field) ?? [], wanted)) hits.push(hit)
  }
  return hits.slice(0, limit)
}

/** Finds words in trees; see `searchIndex`, which is quicker for several searches. */
export const searchTree = (trees: readonly Tree[], words: string): readonly SearchHit[] =>
  searchIndex(compileSearchIndex(trees), words)
