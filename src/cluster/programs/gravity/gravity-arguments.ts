/** A call of gravity read into words and flags; a flag without a value has an empty one. */
export type GravityArguments = {
  readonly words: readonly string[]
  readonly flags: ReadonlyMap<string, string>
}

const bare = new Set([
  'force',
  'confirm',
  'manual',
  'debug',
  'insecure',
  'short',
  'help',
  'no-wait',
  'upsert',
  'u',
  'with-secrets',
  'follow',
  'autofix',
  'quiet',
  'it',
  'ti',
  't',
  'i',
  'pretty',
  'local',
])
const shortNames: Readonly<Record<string, string>> = { o: 'output', h: 'help', f: 'force', q: 'quiet' }

/** Reads the words of a call. `--token` alone asks for the token, with a value gives it. */
export const readGravityArguments = (args: readonly string[]): GravityArguments => {
  const words: string[] = []
  const flags = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const [, dashed = '', value] = /^--?([a-z][\w-]*)(?:=(.*))?$/.exec(args[at] ?? '') ?? []
    if (dashed === '') {
      words.push(args[at] ?? '')
      continue
    }
    const name = shortNames[dashed] ?? dashed
    const next = args[at + 1]
    const takesNext = value === undefined && !bare.has(name) && next !== undefined && !next.startsWith('-')
    flags.set(name, value ?? (takesNext ? next : ''))
    if (takesNext) at += 1
  }
  return { words, flags }
}
