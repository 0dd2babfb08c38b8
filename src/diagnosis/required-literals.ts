import type { TextPattern } from '../base/index.ts'
import { parseRegex, type RegexNode } from './regex-tree.ts'

/**
 * What is known of the texts that a part of a pattern matches, in small letters: `exact` lists all of them where they are few, one of
 * `ends` stands at the beginning and one at the end of each where there are more, and one of `required` occurs in each.
 */
type Known = {
  readonly exact: readonly string[] | undefined
  readonly ends?: readonly string[] | undefined
  readonly required: readonly string[] | undefined
}

const MOST_EXACT = 24
const MOST_REQUIRED = 64
const SHORTEST = 3

const unknown: Known = { exact: undefined, required: undefined }

const shortest = (texts: readonly string[]): number => Math.min(...texts.map(text => text.length))

const isUseful = (texts: readonly string[] | undefined): texts is readonly string[] =>
  texts !== undefined && texts.length > 0 && texts.length <= MOST_REQUIRED && shortest(texts) > 0

// Longer texts are found less often by chance; many alternatives are worth less than few.
const worth = (texts: readonly string[] | undefined): number =>
  isUseful(texts) ? Math.min(shortest(texts), 12) - texts.length / 16 : 0

const better = (left: readonly string[] | undefined, right: readonly string[] | undefined) =>
  worth(right) > worth(left) ? right : left

// Only ASCII letters have one small form whatever stands around them.
const ofText = (text: string): Known => {
  const exact = /^[\0-\x7f]*$/.test(text) ? [text.toLowerCase()] : undefined
  return { exact, required: exact }
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)]

// Most patterns are plain texts nearly all along.
const joinAll = (heads: readonly string[], tails: readonly string[]): readonly string[] =>
  heads.length === 1 && tails.length === 1
    ? [`${heads[0]}${tails[0]}`]
    : distinct(heads.flatMap(head => tails.map(tail => head + tail)))

const ofSequence = (items: readonly Known[]): Known => {
  let run: readonly string[] = ['']
  let best: readonly string[] | undefined
  let whole = true
  for (const { exact, ends = exact, required } of items) {
    const longer = ends === undefined ? undefined : joinAll(run, ends)
    const joins = longer !== undefined && longer.length <= MOST_EXACT
    if (joins) run = longer
    if (joins && exact !== undefined) continue
    whole = false
    best = better(better(best, run), required)
    run = ends ?? ['']
  }
  return { exact: whole ? run : undefined, required: better(best, run) }
}

const ofChoice = (items: readonly Known[]): Known => {
  const exact = items.every(item => item.exact !== undefined)
    ? distinct(items.flatMap(item => item.exact ?? []))
    : []
  const required = items.every(item => isUseful(item.required))
    ? distinct(items.flatMap(item => item.required ?? []))
    : undefined
  return { exact: exact.length > 0 && exact.length <= MOST_EXACT ? exact : undefined, required }
}

const ofRepeat = (item: Known, minimum: number, atMostOnce: 'once' | 'often'): Known => {
  if (minimum > 0) return { exact: undefined, ends: item.exact ?? item.ends, required: item.required }
  if (atMostOnce === 'often' || item.exact === undefined) return unknown
  return { exact: distinct(['', ...item.exact]), required: undefined }
}

const knownOf = (node: RegexNode): Known => {
  if (node.kind === 'text') return ofText(node.text)
  if (node.kind === 'set')
    return node.characters === undefined ? unknown : ofChoice(node.characters.map(ofText))
  if (node.kind === 'repeat')
    return ofRepeat(knownOf(node.item), node.minimum, node.maximum === 1 ? 'once' : 'often')
  const items = node.items.map(knownOf)
  return node.kind === 'sequence' ? ofSequence(items) : ofChoice(items)
}

/**
 * Texts in small letters of which at least one stands in every line that a pattern is found in, also in small letters; `undefined`
 * when none of three characters or more can be told, so that every line must be tried.
 */
export const requiredLiterals = (pattern: TextPattern): readonly string[] | undefined => {
  const { required } = pattern.kind === 'literal' ? ofText(pattern.text) : knownOf(parseRegex(pattern.source))
  return isUseful(required) && shortest(required) >= SHORTEST ? required : undefined
}
