/**
 * The options that a program takes, without dashes, each with the name that it goes by: `no-pager: 'no-pager'`, `n: 'lines='` for one
 * that takes a value, `boot: 'boot?'` for one whose value must be attached.
 */
export type OptionTable = Readonly<Record<string, string>>

/** A command line taken apart. `unknown` is the first option that the table lacks, `lacking` one without its value. */
export type ReadOptions = {
  readonly options: ReadonlyMap<string, readonly string[]>
  readonly words: readonly string[]
  readonly unknown: string | undefined
  readonly lacking: string | undefined
}

type Draft = { options: Map<string, string[]>; words: string[]; unknown?: string; lacking?: string }

const keep = (draft: Draft, name: string, value: string): void => {
  const key = name.replace(/[=?]$/, '')
  draft.options.set(key, [...(draft.options.get(key) ?? []), value])
}

const readLong = (table: OptionTable, draft: Draft, rest: string[]): void => {
  const [word = ''] = rest
  const [, given = '', attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
  const matches = Object.keys(table).filter(known => known.length > 1 && known.startsWith(given))
  const name =
    table[given] !== undefined && given.length > 1 ? given : matches.length === 1 ? matches[0] : undefined
  const target = name === undefined ? undefined : table[name]
  if (target === undefined) draft.unknown ??= word.split('=')[0] ?? word
  else if (target.endsWith('=') && attached === undefined) {
    rest.shift()
    const [value] = rest
    if (value === undefined) draft.lacking ??= word
    else keep(draft, target, value)
  } else keep(draft, target, attached ?? '')
}

const readShort = (table: OptionTable, draft: Draft, rest: string[]): void => {
  const letters = (rest[0] ?? '').slice(1)
  for (let at = 0; at < letters.length; at++) {
    const target = table[letters[at] ?? '']
    const attached = letters.slice(at + 1)
    if (target === undefined) {
      draft.unknown ??= `-${letters[at]}`
      return
    }
    if (!/[=?]$/.test(target)) {
      keep(draft, target, '')
      continue
    }
    if (attached !== '' || target.endsWith('?')) keep(draft, target, attached.replace(/^=/, ''))
    else {
      rest.shift()
      if (rest[0] === undefined) draft.lacking ??= `-${letters[at]}`
      else keep(draft, target, rest[0])
    }
    return
  }
}

/** Takes a command line apart as getopt_long(3) does; options may stand behind operands, `--` ends them. */
export const readOptions = (table: OptionTable, args: readonly string[]): ReadOptions => {
  const draft: Draft = { options: new Map(), words: [] }
  const rest = [...args]
  while (rest.length > 0) {
    const word = rest[0] ?? ''
    if (word === '--') {
      draft.words.push(...rest.slice(1))
      break
    }
    if (word.startsWith('--')) readLong(table, draft, rest)
    else if (word.startsWith('-') && word !== '-') readShort(table, draft, rest)
    else draft.words.push(word)
    rest.shift()
  }
  return { options: draft.options, words: draft.words, unknown: draft.unknown, lacking: draft.lacking }
}

/** What a program of the GNU or util-linux kind says to an option that it does not know. */
export const unknownOption = (program: string, { unknown, lacking }: ReadOptions): string | undefined => {
  const hint = `Try '${program} --help' for more information.\n`
  if (unknown?.startsWith('--')) return `${program}: unrecognized option '${unknown}'\n${hint}`
  if (unknown !== undefined) return `${program}: invalid option -- '${unknown.slice(1)}'\n${hint}`
  if (lacking?.startsWith('--')) return `${program}: option '${lacking}' requires an argument\n${hint}`
  return lacking === undefined
    ? undefined
    : `${program}: option requires an argument -- '${lacking.slice(1)}'\n${hint}`
}
