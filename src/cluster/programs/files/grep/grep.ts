import { filesBelow } from '../../../files/walk-files.ts'
import { releaseOf } from '../../../relations/userland.ts'
import { type Call, everywhere, type Program, type Reply } from '../../../shell/program.ts'
import { globOf } from '../../../text/glob.ts'
import type { ReadOptions } from '../../../text/read-options.ts'
import { readFileText } from '../read-file.ts'
import { grepComplaint, grepUsage, readGrep } from './options.ts'
import { compilePatterns, type Dialect, PatternError } from './pattern.ts'
import { type Found, type Showing, searchText } from './search-text.ts'

type Given = ReadOptions['options']

const globs = (given: Given, name: string): readonly RegExp[] =>
  (given.get(name) ?? []).map(glob => globOf(glob))

const isWanted = (path: string, given: Given): boolean => {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  const only = globs(given, 'include')
  return (
    (only.length === 0 || only.some(glob => glob.test(name))) &&
    !globs(given, 'exclude').some(glob => glob.test(name)) &&
    !globs(given, 'excludeFolder').some(glob => parts.some(part => glob.test(part)))
  )
}

const isDeep = (given: Given): boolean =>
  given.has('recursive') || given.has('follow') || given.get('directories')?.at(-1) === 'recurse'

/** What is searched: the files that are named, with -r those below them, `-` for what comes in. */
const placesOf = (call: Call, given: Given, named: readonly string[]): readonly string[] => {
  if (!isDeep(given)) return named.length === 0 ? ['-'] : named
  return (named.length === 0 ? ['.'] : named).flatMap(start => {
    if (start === '-') return [start]
    const below = filesBelow({ at: call, cwd: call.cwd, follows: given.has('follow') }, start)
    const read = readFileText(call, start)
    if ('error' in read && read.error !== 'Is a directory') return [start]
    const shown = below.filter(path => path === start || isWanted(path, given))
    return named.length === 0 ? shown.map(path => path.replace(/^\.\//, '')) : shown
  })
}

const dialectOf = (name: string, given: Given): Dialect => {
  if (given.has('perl')) return 'perl'
  if (given.has('fixed')) return 'fixed'
  if (given.has('extended')) return 'extended'
  if (given.has('basic')) return 'basic'
  return name === 'egrep' ? 'extended' : name === 'fgrep' ? 'fixed' : 'basic'
}

const numberOf = (given: Given, name: string): number | undefined => {
  const value = given.get(name)?.at(-1)
  return value === undefined ? undefined : /^\d+$/.test(value) ? Number(value) : Number.NaN
}

const showingOf = (given: Given): Showing => ({
  isInverted: given.has('invert'),
  most: numberOf(given, 'most') ?? Number.POSITIVE_INFINITY,
  before: numberOf(given, 'before') ?? numberOf(given, 'context') ?? 0,
  after: numberOf(given, 'after') ?? numberOf(given, 'context') ?? 0,
  separator: given.has('noSeparator') ? undefined : (given.get('separator')?.at(-1) ?? '--'),
  onlyMatches: given.has('only'),
  isNumbered: given.has('number'),
  isCounted: given.has('count') || given.has('with') || given.has('without') || given.has('quiet'),
  isByte: given.has('byte'),
  isTabbed: given.has('tab'),
  isColored: given.get('color')?.at(-1) === 'always',
  lineEnd: given.has('zero') ? '\0' : '\n',
  nameEnd: given.has('null') ? '\0' : '',
})

/** The patterns that are given, each line of them one, and the words that are left for files; a text is an error. */
const patternsOf = (
  call: Call,
  { options, words }: ReadOptions,
): { readonly patterns: readonly string[]; readonly files: readonly string[] } | string => {
  const patterns = (options.get('pattern') ?? []).flatMap(text => text.split('\n'))
  for (const file of options.get('file') ?? []) {
    const read = file === '-' ? { text: call.stdin } : readFileText(call, file)
    if ('error' in read) return `grep: ${file}: ${read.error}\n`
    patterns.push(...(read.text === '' ? [] : read.text.replace(/\n$/, '').split('\n')))
  }
  if (options.has('pattern') || options.has('file')) return { patterns, files: words }
  const [first] = words
  return first === undefined ? grepUsage : { patterns: first.split('\n'), files: words.slice(1) }
}

const shownOf = (
  name: string,
  found: Found,
  { given, how }: { given: Given; how: Showing & { name?: string } },
): string => {
  const end = how.nameEnd === '' ? '\n' : how.nameEnd
  if (given.has('quiet')) return ''
  if (given.has('with')) return found.count > 0 ? `${name}${end}` : ''
  if (given.has('without')) return found.count > 0 ? '' : `${name}${end}`
  if (given.has('count'))
    return `${how.name === undefined ? '' : `${how.name}${how.nameEnd === '' ? ':' : how.nameEnd}`}${found.count}\n`
  return found.shown
}

const search = (call: Call): Reply => {
  const read = readGrep(call.args)
  const given = read.options
  const complaint = grepComplaint(read)
  if (complaint !== undefined) return { stderr: complaint, exit: 2 }
  if (given.has('version')) return { stdout: `grep (GNU grep) ${releaseOf(call.machine, 'grep')}\n` }
  if (given.has('help'))
    return { stdout: grepUsage.replace(/Try.*\n/, 'Search for PATTERNS in each FILE.\n') }
  const how = showingOf(given)
  for (const [name, value] of [
    ['context', Math.max(how.before, how.after)],
    ['most', how.most],
  ] as const)
    if (Number.isNaN(value))
      return {
        stderr:
          name === 'most'
            ? 'grep: invalid max count\n'
            : `grep: ${(given.get('context') ?? given.get('after') ?? given.get('before'))?.at(-1)}: invalid context length argument\n`,
        exit: 2,
      }
  const asked = patternsOf(call, read)
  if (typeof asked === 'string') return { stderr: asked, exit: 2 }
  try {
    const pattern = compilePatterns(asked.patterns, dialectOf(call.name, given), {
      ignoresCase: given.has('case') && !given.has('noCase'),
      span: given.has('line') ? 'line' : given.has('word') ? 'word' : 'any',
    })
    return searchPlaces(
      call,
      { given, how, places: placesOf(call, given, asked.files) },
      asked.patterns.length === 0 ? /$^.^/g : pattern,
    )
  } catch (error) {
    if (error instanceof PatternError) return { stderr: `grep: ${error.message}\n`, exit: 2 }
    throw error
  }
}

type Errand = { readonly given: Given; readonly how: Showing; readonly places: readonly string[] }

const searchPlaces = (call: Call, { given, how, places }: Errand, pattern: RegExp): Reply => {
  const isNamed = !given.has('nameless') && (given.has('named') || places.length > 1 || isDeep(given))
  let stdout = ''
  let stderr = ''
  let isAny = false
  for (const place of places) {
    const file = place === '-' ? { text: call.stdin } : readFileText(call, place)
    if ('error' in file) {
      const isPassedOver = isDeep(given) || given.get('directories')?.at(-1) === 'skip'
      if (file.error !== 'Is a directory' || !isPassedOver) stderr += `grep: ${place}: ${file.error}\n`
      continue
    }
    const name = place === '-' ? (given.get('label')?.at(-1) ?? '(standard input)') : place
    const own = isNamed ? { ...how, name } : how
    const found = searchText(file.text, pattern, own)
    isAny ||= given.has('without') ? found.count === 0 : found.count > 0
    const isBinary = !how.isCounted && !given.has('text') && how.lineEnd === '\n' && file.text.includes('\0')
    if (isBinary)
      stdout += found.count > 0 && !given.has('textOnly') ? `grep: ${name}: binary file matches\n` : ''
    else stdout += shownOf(name, found, { given, how: own })
    if (given.has('quiet') && isAny) return {}
  }
  return {
    stdout,
    stderr: given.has('silent') ? '' : stderr,
    exit: stderr !== '' ? 2 : isAny ? 0 : 1,
  }
}

/** grep(1) of GNU: basic, extended and Perl's patterns, context, counts, parts, folders. */
export const grep: Program = { names: ['grep', 'egrep', 'fgrep'], isInstalled: everywhere, run: search }
