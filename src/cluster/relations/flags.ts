import { remembering } from '../kube/remember.ts'

/** The flags of a command line by name without dashes; `--a b` and `--a=b` alike, a bare one is `true`. Repeated ones: the last. */
export const flagsOf = (command: readonly string[]): Readonly<Record<string, string>> => {
  const known = read.get(command)
  if (known !== undefined) return known
  const flags = readFlags(command)
  read.set(command, flags)
  return flags
}

const read = new WeakMap<readonly string[], Readonly<Record<string, string>>>()

const readFlags = (command: readonly string[]): Readonly<Record<string, string>> => {
  const flags: Record<string, string> = {}
  for (const [index, word] of command.entries()) {
    const parts = /^--?([a-zA-Z][\w.-]*)(?:=([\s\S]*))?$/.exec(word)
    if (parts === null) continue
    const next = command[index + 1]
    flags[parts[1] ?? ''] = parts[2] ?? (next !== undefined && !next.startsWith('-') ? next : 'true')
  }
  return flags
}

/** The words of a command line that is one text: the same list for the same text, so that its flags are read once. */
export const wordsOfText = remembering((text): readonly string[] => text.split(/\s+/))

/** The flags of a command line that is one text, such as a unit's. */
export const flagsInText = remembering(
  (text): Readonly<Record<string, string>> => readFlags(wordsOfText(text)),
)

/** What a flag gives by name, as in `memory.available<100Mi,nodefs.available<10%` with the sign `<`. */
export const pairsIn = (text: string, sign: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(',').flatMap(pair => {
      const [key = '', value] = pair.split(sign)
      return value === undefined ? [] : [[key.trim(), value.trim()]]
    }),
  )
