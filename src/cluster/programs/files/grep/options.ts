import { type OptionTable, type ReadOptions, readOptions } from '../../../text/read-options.ts'

const short: OptionTable = {
  A: 'after=',
  a: 'text',
  B: 'before=',
  b: 'byte',
  C: 'context=',
  c: 'count',
  D: 'devices=',
  d: 'directories=',
  E: 'extended',
  e: 'pattern=',
  F: 'fixed',
  f: 'file=',
  G: 'basic',
  H: 'named',
  h: 'nameless',
  I: 'textOnly',
  i: 'case',
  L: 'without',
  l: 'with',
  m: 'most=',
  n: 'number',
  o: 'only',
  P: 'perl',
  q: 'quiet',
  R: 'follow',
  r: 'recursive',
  s: 'silent',
  T: 'tab',
  U: 'binary',
  V: 'version',
  v: 'invert',
  w: 'word',
  x: 'line',
  y: 'case',
  Z: 'null',
  z: 'zero',
}

const table: OptionTable = {
  ...short,
  'after-context': 'after=',
  text: 'text',
  'before-context': 'before=',
  'byte-offset': 'byte',
  'binary-files': 'binaryFiles=',
  binary: 'binary',
  color: 'color?',
  colour: 'color?',
  context: 'context=',
  count: 'count',
  devices: 'devices=',
  directories: 'directories=',
  'dereference-recursive': 'follow',
  exclude: 'exclude=',
  'exclude-dir': 'excludeFolder=',
  'extended-regexp': 'extended',
  file: 'file=',
  'files-with-matches': 'with',
  'files-without-match': 'without',
  'fixed-strings': 'fixed',
  'basic-regexp': 'basic',
  'group-separator': 'separator=',
  help: 'help',
  'ignore-case': 'case',
  include: 'include=',
  'initial-tab': 'tab',
  'invert-match': 'invert',
  label: 'label=',
  'line-buffered': 'buffered',
  'line-number': 'number',
  'line-regexp': 'line',
  'max-count': 'most=',
  'no-filename': 'nameless',
  'no-group-separator': 'noSeparator',
  'no-ignore-case': 'noCase',
  'no-messages': 'silent',
  null: 'null',
  'null-data': 'zero',
  'only-matching': 'only',
  'perl-regexp': 'perl',
  quiet: 'quiet',
  recursive: 'recursive',
  regexp: 'pattern=',
  silent: 'quiet',
  version: 'version',
  'with-filename': 'named',
  'word-regexp': 'word',
}

/** The command line of grep(1); a number as an option is that many lines of context. */
export const readGrep = (args: readonly string[]): ReadOptions =>
  readOptions(
    table,
    args.flatMap(arg => {
      const numbered = /^-([a-zA-Z]*?)(\d+)$/.exec(arg)
      const letters = numbered?.[1] ?? ''
      if (numbered === null || /[ABCDdefm]/.test(letters)) return [arg]
      return [...(letters === '' ? [] : [`-${letters}`]), '-C', numbered[2] ?? '']
    }),
  )

const usage = 'Usage: grep [OPTION]... PATTERNS [FILE]...\n'
const hint = "Try 'grep --help' for more information.\n"

/** What grep says of a command line that it cannot read. */
export const grepComplaint = ({ unknown, lacking }: ReadOptions): string | undefined => {
  if (unknown?.startsWith('--')) return `grep: unrecognized option '${unknown}'\n${usage}${hint}`
  if (unknown !== undefined) return `grep: invalid option -- '${unknown.slice(1)}'\n${usage}${hint}`
  if (lacking?.startsWith('--')) return `grep: option '${lacking}' requires an argument\n${usage}${hint}`
  return lacking === undefined
    ? undefined
    : `grep: option requires an argument -- '${lacking.slice(1)}'\n${usage}${hint}`
}

export const grepUsage = `${usage}${hint}`
