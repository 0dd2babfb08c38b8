import uFuzzy from '@leeoniya/ufuzzy'
import type { Tree } from '../types.ts'
import {
  compileSearchIndex,
  type SearchEntry,
  type SearchIndex,
  searchFields,
} from './compile-search-index.ts'

/** A place where words were found; `ranges` are pairs of offsets in `text`, end exclusive, to be marked. */
export type SearchHit = SearchEntry & { readonly ranges: readonly number[] }

const matcher = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
  intraIns: 1,
  intraSub: 1,
  intraTrn: 1,
  intraDel: 1,
})

/** Up to this many words may stand in any order. */
const permutedWords = 4

/** Above this many matches the order of the documents decides instead of closeness. */
const rankedMatches = 5000

const literalRanges = (text: string, words: string): readonly number[] | undefined => {
  const at = text.toLowerCase().indexOf(words.toLowerCase())
  return at < 0 ? undefined : [at, at + words.length]
}

/** Signs such as `-nkube-system` or `/var` mean nothing to the matcher, but something to whoever types them. */
const searchLiterally = (entries: readonly SearchEntry[], words: string): readonly SearchHit[] =>
  entries.flatMap(entry => {
    const ranges = literalRanges(entry.text, words)
    return ranges === undefined ? [] : [{ ...entry, ranges }]
  })

/** The matcher reads a leading dash as "without" and quotes as "exactly"; here they are only parts of commands. */
const plainWords = (words: string): string => words.replace(/(^|\s)-+|"/g, '$1')

const searchFuzzily = (entries: readonly SearchEntry[], words: string): readonly SearchHit[] => {
  const [indexes, info, order] = matcher.search(
    entries.map(entry => entry.text),
    plainWords(words),
    permutedWords,
    rankedMatches,
  )
  if (indexes === null) return []
  const toHit = (index: number | undefined, ranges: readonly number[]): readonly SearchHit[] => {
    const entry = index === undefined ? undefined : entries[index]
    return entry === undefined ? [] : [{ ...entry, ranges }]
  }
  if (info === null) return indexes.flatMap(index => toHit(index, []))
  return order.flatMap(at => toHit(info.idx[at], info.ranges[at] ?? []))
}

const searchField = (entries: readonly SearchEntry[], words: string): readonly SearchHit[] => {
  const literal = searchLiterally(entries, words)
  const known = new Set(literal.map(hit => `${hit.ref.runbook}#${hit.ref.step} ${hit.text}`))
  const fuzzy = searchFuzzily(entries, words)
  return [...literal, ...fuzzy.filter(hit => !known.has(`${hit.ref.runbook}#${hit.ref.step} ${hit.text}`))]
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
