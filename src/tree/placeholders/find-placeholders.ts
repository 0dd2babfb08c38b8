import type { Placeholder } from '../types.ts'
import { loneNouns, possessives, templateWords, valueNouns } from './placeholder-words.ts'

type Spelling = {
  /** The name of the variable, where it is not just what the pattern marks. */
  readonly nameIn?: (match: RegExpMatchArray) => string
  /** A text that each such spelling holds: a run without it is not looked through. */
  readonly hint: string
  readonly pattern: RegExp
  readonly fits: (match: RegExpMatchArray, run: string) => boolean
}

/** How far back a look for the program that a word is an argument of goes. */
const lookBack = 300

const before = (match: RegExpMatchArray, run: string): string =>
  run.slice(Math.max(0, (match.index ?? 0) - lookBack), match.index)

const behind = (match: RegExpMatchArray, run: string): string =>
  run.slice((match.index ?? 0) + match[0].length, (match.index ?? 0) + match[0].length + 2)

const nameOf = (match: RegExpMatchArray): string => match[1] ?? match[0]

/** `<in>out` is two redirections, `(?<name>` a regular expression, `<b>…</b>` markup. */
const isAngled = (match: RegExpMatchArray, run: string): boolean => {
  const follows = behind(match, run)
  const spaced = nameOf(match).includes(' ')
  const ends = spaced ? /^(?:$|[\s"'/:.,;)])/.test(follows) : !/^[A-Za-z0-9]/.test(follows)
  return ends && !nameOf(match).includes('//') && !run.includes(`</${nameOf(match)}`)
}

const isMustache = (match: RegExpMatchArray): boolean => !templateWords.has(nameOf(match))

/** The names of variables are the arguments here, not values. */
const namesVariables =
  /(?:^|[;&|(\n])\s*(?:export|unset|printenv|declare|local|readonly|read)\s(?:[^;&|\n]*\s)?$/

/** What is looked for in a text is meant literally. */
const looksForText = /(?:^|[;&|(\n])\s*(?:sudo\s+)?(?:[ef]|z)?(?:grep|rg|awk|sed)\s[^;&\n]*$/

const isAssigned = (match: RegExpMatchArray, run: string): boolean => /^\+?=(?!=)/.test(behind(match, run))

const endsHeredoc = (match: RegExpMatchArray, run: string): boolean =>
  run.includes('<<') && new RegExp(`<<-?\\s*['"]?${match[0]}\\b`).test(run)

const isNamedValue = (match: RegExpMatchArray, run: string): boolean => {
  const words = nameOf(match).split('_')
  const speaks = valueNouns.has(words.at(-1) ?? '') || possessives.has(words[0] ?? '')
  if (!speaks || isAssigned(match, run) || endsHeredoc(match, run)) return false
  return !namesVariables.test(before(match, run))
}

const isLoneNoun = (match: RegExpMatchArray, run: string): boolean =>
  loneNouns.has(nameOf(match)) &&
  /(?:^|[\s/:@="'])$/.test(before(match, run)) &&
  /^(?:$|[\s/"');|&]|[:@.][^\s.])/.test(behind(match, run)) &&
  !namesVariables.test(before(match, run)) &&
  !looksForText.test(before(match, run))

/** Where a pod is named: Kubernetes ends the names of pods in five characters of its own alphabet, so these differ everywhere. */
const namesPod =
  /(?:^|[;&|(\n])\s*(?:sudo\s+)?(?:\S*\/)?(?:(?:gravity exec|k3s)\s+)?(?:kubectl|kctl|oc)\s[^;&|\n]*\b(?:exec|logs?|attach|port-forward|cp|pods?|po)[\s/][^;&|\n]*$/

const isGeneratedPod = (match: RegExpMatchArray, run: string): boolean => {
  const ahead = before(match, run)
  return namesPod.test(ahead) && !/\s--(?:\s|$)/.test(ahead) && !/\s-[nclo]\s*$/.test(ahead)
}

const always = (): boolean => true

/** One form for all spellings of a name: `<pod-name>`, `{{pod_name}}` and `POD_NAME` are one variable. */
export const canonicalName = (spelling: string): string =>
  spelling
    .replace(/-[xX]{3,}$/, '-XXX')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase()

const spelledName = (match: RegExpMatchArray): string => canonicalName(nameOf(match))

const spellings: readonly Spelling[] = [
  { hint: '<', pattern: /(?<![<\\?&])<([A-Za-z](?:[\w.:/ -]*[\w.])?)>/g, fits: isAngled },
  { hint: '{{', pattern: /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/g, fits: isMustache },
  { hint: '_', pattern: /(?<![\w$]|\$\{)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w)/g, fits: isNamedValue },
  { hint: '', pattern: /(?<![\w$-]|\$\{)[A-Z]+(?![\w-])/g, fits: isLoneNoun },
  { hint: '-', pattern: /(?<![\w$.-])[Yy][Oo][Uu][Rr]-[A-Za-z][\w-]*/g, fits: always },
  {
    hint: '-',
    pattern:
      /(?<![\w$./:=-])([a-z][a-z0-9]*(?:-[a-z0-9]+)*?)(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}(?![\w.=/-])/g,
    fits: isGeneratedPod,
    nameIn: match => canonicalName(`${nameOf(match)}-xxx`),
  },
  {
    hint: 'gravity__',
    pattern: /(?<![\w$./-])gravity__\S+?__planet__[\w.+-]+/g,
    fits: always,
    nameIn: () => 'PLANET_UNIT',
  },
  { hint: '-', pattern: /(?<![\w$./-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*-[xX]{3,}(?![\w-])/g, fits: always },
]

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&')

const declaredName = (name: string): Spelling => ({
  hint: name,
  pattern: new RegExp(`(?<![\\w$]|\\$\\{)${escapeRegex(name)}(?!\\w)`, 'g'),
  fits: (match, run) => !isAssigned(match, run) && !namesVariables.test(before(match, run)),
})

/** A value that the author wrote down stands for the variable where it is a word or a path of its own, not a part of a longer one. */
const declaredValue = (name: string, text: string): Spelling => ({
  nameIn: () => name,
  hint: text,
  pattern: new RegExp(`(?<![\\w.$~-])${escapeRegex(text)}(?![\\w-]|\\.\\w)`, 'g'),
  fits: always,
})

/** A text that several variables claim is the first one's; none is claimed by an empty one. */
const declaredSpellings = ({ name, spellings: values }: DeclaredName): readonly Spelling[] => [
  ...values.filter(text => text !== '').map(text => declaredValue(name, text)),
  declaredName(name),
]

type Found = { readonly offset: number; readonly text: string; readonly name: string }

const findSpelling = (run: string, { pattern, fits, nameIn = spelledName }: Spelling): readonly Found[] =>
  [...run.matchAll(pattern)]
    .filter(match => fits(match, run))
    .map(match => ({ offset: match.index, text: match[0], name: nameIn(match) }))

/** Keeps the first of those that overlap: the spellings with marks are tried before bare words. */
const withoutOverlaps = (found: readonly Found[]): readonly Found[] => {
  const kept: Found[] = []
  for (const one of found) {
    const overlaps = kept.some(
      other => one.offset < other.offset + other.text.length && other.offset < one.offset + one.text.length,
    )
    if (!overlaps) kept.push(one)
  }
  return kept.sort((a, b) => a.offset - b.offset)
}

/** Longer commands are scripts; their words are not looked through. */
const longest = 20_000

/** Every spelling but a declared name has one of these. */
const hints = /[<{A-Z]|xxx|your-|-[b-z2-9]{5}\b|__planet__/

/** A variable as far as it matters here: its name, and the values that stand for it. */
export type DeclaredName = { readonly name: string; readonly spellings: readonly string[] }

/** Finds placeholders; made once for the variables that a runbook declares. */
export type PlaceholderFinder = (run: string) => readonly Placeholder[]

/**
 * Makes a finder of placeholders: `<pod-name>`, `{{name}}`, `NODE_NAME`, `YOUR_DOMAIN`, `coredns-xxx`, a pod of the
 * author's cluster (`coredns-86fsb`), and the declared names in any spelling with the values declared beside them. Shell variables, assignments, redirections and constants are none. Each spelling is given once, in order.
 */
export const createPlaceholderFinder = (declared: readonly DeclaredName[]): PlaceholderFinder => {
  const names = new Map(declared.map(({ name }) => [canonicalName(name), name]))
  const mayHold = (run: string): boolean => declared.length > 0 || hints.test(run)
  const all = [...spellings, ...declared.flatMap(declaredSpellings)]
  return run => {
    if (run.length > longest || !mayHold(run)) return []
    const possible = all.filter(({ hint }) => run.includes(hint))
    const found = withoutOverlaps(possible.flatMap(spelling => findSpelling(run, spelling)))
    const byText = new Map(found.map(({ text, name }) => [text, { text, name: names.get(name) ?? name }]))
    return [...byText.values()]
  }
}
