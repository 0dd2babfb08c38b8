import { secretRules } from './rules.ts'
import type { FoundSecret, SecretRule } from './types.ts'

/** What begins a block of secrets: the data of an object, a list of keys of etcd, a key for certificates. */
const blockHints = [String.raw`data[\\"]*:`, 'registry/secrets', 'certificate key:']

const hints = [...new Set([...secretRules.map(({ hint }) => hint), ...blockHints])]
const isPlain = (hint: string): boolean => /^[\w :/~-]+$/.test(hint)
const isAnyOf = (some: readonly string[]): RegExp => new RegExp(some.join('|'), 'i')

/** Plain texts stand together: the engine tells them apart by how they begin, and one search takes half as long as with the others among them. */
const plainHints = isAnyOf(hints.filter(isPlain))
const otherHints = isAnyOf(hints.filter(hint => !isPlain(hint)))

/** Whether a text may hold a secret, or a block of secrets begin in it. Texts that may not, which is nearly all, cost this search alone. */
export const mayHoldSecret = (text: string): boolean => plainHints.test(text) || otherHints.test(text)

/** Where in a text something first tells of a secret; -1 where nothing does. A secret may begin with the word that this stands in. */
export const firstHint = (text: string): number => {
  const found = [text.search(plainHints), text.search(otherHints)].filter(at => at >= 0)
  return found.length === 0 ? -1 : Math.min(...found)
}

const overlaps = (found: readonly FoundSecret[], start: number, end: number): boolean =>
  found.some(one => start < one.end && end > one.start)

const matchesOf = (line: string, { kind, pattern, holds }: SecretRule): readonly FoundSecret[] =>
  [...line.matchAll(pattern)].flatMap(match => {
    const [start, end] = match.indices?.groups?.secret ?? [0, 0]
    return end > start && holds?.(line.slice(start, end)) !== false ? [{ kind, start, end }] : []
  })

/** Longer lines are searched in parts that overlap, so that a rule which looks far back stays cheap. UTF-16 units. */
const PART = 16_384
const OVERLAP = 1024

/** The secrets of one line, in order, none within another. */
export const findSecrets = (line: string): readonly FoundSecret[] => {
  if (line.length > PART) return findInParts(line)
  if (!mayHoldSecret(line)) return []
  const found: FoundSecret[] = []
  for (const rule of secretRules)
    for (const one of matchesOf(line, rule)) if (!overlaps(found, one.start, one.end)) found.push(one)
  return found.sort((a, b) => a.start - b.start)
}

const findInParts = (line: string): readonly FoundSecret[] => {
  const found: FoundSecret[] = []
  for (let from = 0; from < line.length; from += PART - OVERLAP)
    for (const { kind, start, end } of findSecrets(line.slice(from, from + PART))) {
      const one = { kind, start: from + start, end: from + end }
      if (!overlaps(found, one.start, one.end)) found.push(one)
    }
  return found.sort((a, b) => a.start - b.start)
}
