import uFuzzy from '@leeoniya/ufuzzy'
import { lazily } from '../../base/index.ts'

/** A text in which words were found: its index, and pairs of offsets in it, end exclusive, to be marked. */
type TextMatch = { readonly at: number; readonly ranges: readonly number[] }

// Its expressions of all letters take long to compile, and most starts search nothing.
const matcher = lazily(
  () =>
    new uFuzzy({
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
    }),
)

/** Up to this many words may stand in any order. */
const permutedWords = 4

/** Above this many matches the order of the texts decides instead of closeness. */
const rankedMatches = 5000

/** The matcher reads a leading dash as "without" and quotes as "exactly"; here they are only parts of commands. */
const plainWords = (words: string): string => words.replace(/(^|\s)-+|"/g, '$1')

const matchFuzzily = (texts: readonly string[], words: string): readonly TextMatch[] => {
  const [indexes, info, order] = matcher().search([...texts], plainWords(words), permutedWords, rankedMatches)
  if (indexes === null) return []
  if (info === null) return indexes.map(at => ({ at, ranges: [] }))
  return order.map(place => ({ at: info.idx[place] ?? 0, ranges: info.ranges[place] ?? [] }))
}

/** Signs such as `-nkube-system` or `/var` mean nothing to the matcher, but something to whoever types them. */
const matchLiterally = (texts: readonly string[], words: string): readonly TextMatch[] => {
  const wanted = words.toLowerCase()
  return texts.flatMap((text, at): readonly TextMatch[] => {
    const from = text.toLowerCase().indexOf(wanted)
    return from < 0 ? [] : [{ at, ranges: [from, from + wanted.length] }]
  })
}

/** The texts that hold what was typed as it stands, then those that hold its words in another order or with a slip, the closest first. */
export const matchTexts = (texts: readonly string[], words: string): readonly TextMatch[] => {
  const literal = matchLiterally(texts, words)
  const known = new Set(literal.map(({ at }) => at))
  return [...literal, ...matchFuzzily(texts, words).filter(({ at }) => !known.has(at))]
}
