import type { CommandWords } from '../types.ts'

/** Tells whether a short option is given, alone or within a cluster: `hasShort(['df', '-hT'], 'T')`. */
export const hasShort = (argv: CommandWords, letter: string): boolean =>
  argv.slice(1).some(word => /^-[A-Za-z0-9]+$/.test(word) && word.includes(letter))

/** Tells whether a long option is given, with or without a value. */
export const hasLong = (argv: CommandWords, name: string): boolean =>
  argv.slice(1).some(word => word === `--${name}` || word.startsWith(`--${name}=`))

/** Tells whether an option is given by its letter or by its name. */
export const hasOption = (argv: CommandWords, letter: string, name: string): boolean =>
  hasShort(argv, letter) || hasLong(argv, name)

/** The words that are no options. `valueOptions` are those that take the next word as their value. */
export const operandsOf = (argv: CommandWords, valueOptions: readonly string[] = []): readonly string[] =>
  argv.slice(1).filter((word, index) => {
    const before = argv[index] ?? ''
    return !word.startsWith('-') && !(index > 0 && valueOptions.includes(before))
  })

/** The value of an option, given as `-o json`, `-ojson`, `--output json` or `--output=json`. */
export const optionValue = (argv: CommandWords, names: readonly string[]): string | undefined => {
  for (const [index, word] of argv.entries()) {
    if (names.includes(word)) return argv[index + 1]
    const name = names.find(option => word.startsWith(option.startsWith('--') ? `${option}=` : option))
    if (name !== undefined && index > 0) return word.slice(name.length).replace(/^=/, '')
  }
  return undefined
}
