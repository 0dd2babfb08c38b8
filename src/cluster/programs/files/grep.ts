import { filesBelow } from '../../files/walk-files.ts'
import { type Call, everywhere, type Program, type Reply } from '../../shell/program.ts'
import { globOf } from '../../text/glob.ts'
import { withReasons } from './text-tools.ts'

const takesValue = /^-[a-zA-Z]*[efmABC]$/
const long: Readonly<Record<string, string>> = {
  '--no-messages': '-s',
  '--with-filename': '-H',
  '--recursive': '-r',
  '--dereference-recursive': '-R',
  '--color': '',
  '--colour': '',
}

type Request = {
  readonly options: readonly string[]
  /** The pattern, where no option brings one, and what is searched. */
  readonly words: readonly string[]
  readonly letters: ReadonlySet<string>
}

/** What grep is asked for: the letters that the shell's own does not know are taken out of its options. */
const readRequest = (args: readonly string[]): Request => {
  const options: string[] = []
  const words: string[] = []
  const patterns: string[] = []
  const letters = new Set<string>()
  for (let at = 0; at < args.length; at++) {
    const given = args[at] ?? ''
    const arg = long[given.replace(/=(auto|always|never)$/, '')] ?? given
    if (arg === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    if (!/^-[a-zA-Z]/.test(arg)) {
      if (arg.startsWith('-') && arg !== '-') options.push(arg)
      else if (arg !== '') words.push(arg)
      continue
    }
    // What follows the letter of an option with a value is that value.
    const [, flags = '', rest = ''] = /^-([a-zA-Z]*?)((?:[efmABC].*)?)$/.exec(arg) ?? []
    for (const letter of flags) letters.add(letter)
    const value = takesValue.test(arg) ? (args[++at] ?? '') : rest.slice(1)
    if (/^[ef]/.test(rest)) letters.add('e')
    const known = flags.replaceAll(/[sHaIrRy]/g, '')
    if (known !== '') options.push(`-${known}`)
    if (rest.startsWith('e')) patterns.push(value)
    else if (rest !== '') options.push(`-${rest[0]}`, value)
  }
  // The shell's own takes one pattern, of several lines where there are several.
  return {
    options: patterns.length === 0 ? options : [...options, '-e', patterns.join('\n')],
    words,
    letters,
  }
}

const globs = (options: readonly string[], name: string): readonly RegExp[] =>
  options
    .filter(option => option.startsWith(`--${name}=`))
    .map(option => globOf(option.slice(name.length + 3).replace(/^["']|["']$/g, '')))

const wanted = (path: string, options: readonly string[]): boolean => {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  const only = globs(options, 'include')
  return (
    (only.length === 0 || only.some(glob => glob.test(name))) &&
    !globs(options, 'exclude').some(glob => glob.test(name)) &&
    !globs(options, 'exclude-dir').some(glob => parts.some(part => glob.test(part)))
  )
}

/** The files that are searched: those that are named, or with -r those below. */
const placesOf = (call: Call, { options, words, letters }: Request): readonly string[] => {
  const named = words.slice(letters.has('e') ? 0 : 1)
  if (!letters.has('r') && !letters.has('R')) return named
  return (named.length === 0 ? ['.'] : named).flatMap(start => {
    const below = filesBelow({ at: call, cwd: call.cwd, follows: letters.has('R') }, start)
    return below.length === 0 && start !== '-' ? [start] : below.filter(path => wanted(path, options))
  })
}

const search = async (call: Call): Promise<Reply> => {
  const request = readRequest(call.args)
  const { options, words, letters } = request
  const isDeep = letters.has('r') || letters.has('R')
  const places = placesOf(call, request)
  const pattern = letters.has('e') ? [] : words.slice(0, 1)
  if (isDeep && places.length === 0) return { exit: 1 }
  const kept = isDeep ? options.filter(option => !/^--(include|exclude)/.test(option)) : options
  // With a second, empty place it names the first one.
  const isNamed = !letters.has('h') && (letters.has('H') || isDeep) && places.length === 1
  const reply = await call.passage.original([
    ...kept,
    '--',
    ...pattern,
    ...places,
    ...(isNamed ? ['/dev/null'] : []),
  ])
  const stderr = withReasons(call, reply.stderr ?? '')
  const stdout = isNamed ? (reply.stdout ?? '').replace(/^\/dev\/null(:0)?\n/m, '') : (reply.stdout ?? '')
  return { ...reply, stdout, stderr: letters.has('s') ? '' : isDeep ? withoutFolders(stderr) : stderr }
}

const withoutFolders = (stderr: string): string => stderr.replace(/^grep: .*: Is a directory\n/gm, '')

/** grep(1): the shell's own, with the options that it lacks; it goes round no links. */
export const grep: Program = {
  names: ['grep', 'egrep', 'fgrep'],
  isInstalled: everywhere,
  run: search,
}

/** zgrep(1): searches files as they are when they are unpacked. */
export const zgrep: Program = {
  names: ['zgrep', 'zegrep', 'zfgrep'],
  isInstalled: everywhere,
  run: async ({ args, name, passage, stdin }): Promise<Reply> => {
    const { options, words, letters } = readRequest(args)
    const pattern = letters.has('e') ? [] : ['--', words[0] ?? '']
    const files = words.slice(letters.has('e') ? 0 : 1)
    const tool = name.slice(1)
    if (files.length === 0) return passage.runHere([tool, ...options, ...pattern], { stdin })
    const isNamed = !letters.has('h') && (letters.has('H') || files.length > 1)
    const replies = []
    for (const file of files) {
      const unpacked = await passage.runHere([file.endsWith('.gz') ? 'zcat' : 'cat', file])
      const found = await passage.runHere([tool, ...options, ...pattern], { stdin: unpacked.stdout ?? '' })
      const lines = (found.stdout ?? '').replace(/^(?=.)/gm, isNamed ? `${file}:` : '')
      replies.push({ stdout: lines, stderr: unpacked.stderr ?? '', exit: found.exit ?? 1 })
    }
    return {
      stdout: replies.map(({ stdout }) => stdout).join(''),
      stderr: letters.has('s') ? '' : replies.map(({ stderr }) => stderr).join(''),
      exit: replies.some(({ exit }) => exit === 0) ? 0 : 1,
    }
  },
}
