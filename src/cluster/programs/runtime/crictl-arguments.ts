/** crictl's own words: global flags, a command, its flags and what it is for. */
export type CrictlArguments = {
  readonly endpoint: string | undefined
  readonly command: string | undefined
  readonly flags: ReadonlyMap<string, string>
  readonly words: readonly string[]
}

const globals: Readonly<Record<string, string>> = {
  '-r': 'runtime-endpoint',
  '-i': 'image-endpoint',
  '-t': 'timeout',
  '-c': 'config',
  '-D': 'debug',
}
const shorts: Readonly<Record<string, string>> = {
  '-a': 'all',
  '-q': 'quiet',
  '-o': 'output',
  '-s': 'state',
  '-p': 'pod',
  '-n': 'last',
  '-l': 'latest',
  '-f': 'follow',
  '-t': 'tty',
  '-i': 'interactive',
  '-it': 'tty',
  '-ti': 'tty',
  '-v': 'verbose',
}
const switches = new Set(
  'all digests quiet latest no-trunc follow tty interactive verbose prune force debug timestamps previous auth-free rm sync'.split(
    ' ',
  ),
)
const known = new Set([
  ...switches,
  ...'output state pod last name namespace image label id tail since creds auth annotation pod-config timeout limit-bytes template seconds watch stop-signal'.split(
    ' ',
  ),
])

/** Why the words are none, as crictl says it. */
export type CrictlProblem = { readonly problem: string }

/** Joined letters, as `-aq`, one by one. */
const apart = (word: string): readonly string[] => {
  const letters = [...word.slice(1)].map(letter => `-${letter}`)
  const isJoined =
    /^-[a-z]{2,}$/i.test(word) &&
    shorts[word] === undefined &&
    !known.has(word.slice(1)) &&
    letters.every(letter => shorts[letter] !== undefined)
  return isJoined ? letters : [word]
}

/** Short flags that mean something of their own in one command. */
const ofCommand: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  logs: { '-t': 'timestamps', '-p': 'previous' },
  rmi: { '-q': 'prune' },
  pods: { '-l': 'latest' },
  rm: { '-f': 'force' },
  rmp: { '-f': 'force' },
}

/** What others have and a command does not. */
const lacking: Readonly<Record<string, ReadonlySet<string>>> = {
  stats: new Set(['name', 'namespace', 'image', 'state', 'last', 'latest']),
}

/** Reads crictl's words; short flags mean other things for some commands. */
export const readCrictl = (given: readonly string[]): CrictlArguments | CrictlProblem => {
  const args = given.includes('exec') ? given : given.flatMap(apart)
  let at = 0
  let endpoint: string | undefined
  while (args[at]?.startsWith('-') === true) {
    const [name = '', value] = (args[at] ?? '').split('=')
    const long = globals[name] ?? name.replace(/^--/, '')
    if (long === 'debug') {
      at += 1
      continue
    }
    const named = value ?? args[at + 1]
    if (long === 'runtime-endpoint') endpoint = named
    at += value === undefined ? 2 : 1
  }
  const command = args[at]
  const flags = new Map<string, string>()
  const words: string[] = []
  for (at += 1; at < args.length; at++) {
    const word = args[at] ?? ''
    if (!word.startsWith('-') || (command === 'exec' && words.length > 0)) {
      words.push(word)
      continue
    }
    const [name = '', ...rest] = word.split('=')
    const flag = ofCommand[command ?? '']?.[name] ?? shorts[name] ?? name.replace(/^--?/, '')
    if (!known.has(flag) || lacking[command ?? '']?.has(flag) === true)
      return {
        problem: `Incorrect Usage: flag provided but not defined: ${name.replace(/^--/, '-')}\n\nNAME:\n   crictl ${command} \n`,
      }
    if (word.includes('=')) flags.set(flag, rest.join('='))
    else if (switches.has(flag)) flags.set(flag, 'true')
    else {
      flags.set(flag, args[at + 1] ?? '')
      at += 1
    }
  }
  return { endpoint, command, flags, words }
}
