/** What an option parser found: switches and values by name without dashes, and the other words in order. */
export type ReadOptions = {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  readonly words: readonly string[]
  /** The first option that the program does not have. */
  readonly unknown: string | undefined
}

/** Which options a program has: `switches` and `valued`, short ones as letters, long ones as words. */
export type OptionTable = { readonly switches: readonly string[]; readonly valued: readonly string[] }

type Draft = { flags: Set<string>; values: Map<string, string>; words: string[]; unknown: string | undefined }

/** A word that begins with dashes, and the one behind it, which may be its value. */
type Words = { readonly word: string; readonly next: string | undefined }

/** Reads a long option; gives how many words it took. */
const readLong = (draft: Draft, table: OptionTable, { word, next }: Words): number => {
  const [name = '', value] = word.slice(2).split(/=(.*)/s)
  if (table.valued.includes(name)) {
    draft.values.set(name, value ?? next ?? '')
    return value === undefined ? 2 : 1
  }
  if (table.switches.includes(name)) draft.flags.add(name)
  else draft.unknown ??= word
  return 1
}

/** Reads joined letters; gives how many words they took. */
const readShort = (draft: Draft, table: OptionTable, { word, next }: Words): number => {
  const letters = word.slice(1)
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? ''
    if (table.valued.includes(letter)) {
      const rest = letters.slice(index + 1)
      draft.values.set(letter, rest === '' ? (next ?? '') : rest)
      return rest === '' ? 2 : 1
    }
    if (table.switches.includes(letter)) draft.flags.add(letter)
    else draft.unknown ??= `-${letter}`
  }
  return 1
}

/** Reads options as getopt_long(3) does: joined letters, values attached or behind, `--` ends them. */
export const readOptions = (args: readonly string[], table: OptionTable): ReadOptions => {
  const draft: Draft = { flags: new Set(), values: new Map(), words: [], unknown: undefined }
  for (let at = 0; at < args.length; ) {
    const word = args[at] ?? ''
    if (word === '--') {
      draft.words.push(...args.slice(at + 1))
      break
    }
    if (word.startsWith('--')) at += readLong(draft, table, { word, next: args[at + 1] })
    else if (word.startsWith('-') && word.length > 1)
      at += readShort(draft, table, { word, next: args[at + 1] })
    else {
      draft.words.push(word)
      at += 1
    }
  }
  return draft
}
