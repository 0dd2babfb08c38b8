import { readOptions as readWords } from '../../text/read-options.ts'

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

/** Reads options of programs whose options all go by one name each; of a value that is given twice the last holds. */
export const readOptions = (args: readonly string[], { switches, valued }: OptionTable): ReadOptions => {
  const table = Object.fromEntries([
    ...switches.map(name => [name, name] as const),
    ...valued.map(name => [name, `${name}=`] as const),
  ])
  const { options, words, unknown } = readWords(table, args)
  return {
    flags: new Set(switches.filter(name => options.has(name))),
    values: new Map(
      valued.flatMap(name => {
        const value = options.get(name)?.at(-1)
        return value === undefined ? [] : [[name, value] as const]
      }),
    ),
    words,
    unknown,
  }
}
