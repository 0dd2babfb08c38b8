import type { CommandWords } from '../types.ts'

// Options of grep after which the lines are no longer those of the program before it.
const rewritingGrep = /^-[A-Za-z]*[coqlLn]|^--(?:count|only-matching|quiet|silent|files|line-number)/

const isGrep = (argv: CommandWords): boolean => !argv.slice(1).some(word => rewritingGrep.test(word))

// `sed -n '/Events/,$p'` and `awk '/Events/,0'` print some of the lines as they are.
const isSedPrint = (argv: CommandWords): boolean =>
  argv.includes('-n') && /^[^{}]*p$/.test(argv.at(-1) ?? '') && !argv.some(word => word.startsWith('s/'))

const isAwkPrint = (argv: CommandWords): boolean => argv.length === 2 && !(argv[1] ?? '{').includes('{')

const always = (): boolean => true

const filters: Readonly<Record<string, (argv: CommandWords) => boolean>> = {
  grep: isGrep,
  egrep: isGrep,
  fgrep: isGrep,
  rg: isGrep,
  zgrep: isGrep,
  head: always,
  tail: always,
  sort: always,
  sed: isSedPrint,
  awk: isAwkPrint,
  less: always,
  more: always,
  cat: argv => argv.every(word => !/^-[A-Za-z]*[nbEvTA]/.test(word)),
  tee: always,
  // Without a filter of its own it only sets the document out.
  jq: argv => argv.slice(1).every(word => word === '.' || /^-[A-Za-z]$/.test(word)),
  // Widens the gaps between the words only.
  column: argv => argv.some(word => word === '--table' || /^-[a-z]*t$/.test(word)),
  uniq: argv => !argv.some(word => /^-[a-z]*c/.test(word)),
}

/** Tells whether a stage of a pipeline leaves the lines that it lets through as they are. */
export const keepsLines = (argv: CommandWords): boolean => filters[argv[0] ?? '']?.(argv) ?? false

const feeders = ['echo', 'printf', 'yes', 'true', ':']

/** Tells whether a stage only feeds its successor (`echo | openssl s_client`). */
export const isFeeder = (argv: CommandWords): boolean => feeders.includes(argv[0] ?? '')

/** Tells whether a stage prints something of its own about what it is fed (`… | openssl x509 -noout -dates`). */
export const isConverter = (argv: CommandWords): boolean => argv[0] === 'openssl'
