import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'
import { answerLines } from './answer-lines.ts'

/** The fields of uname in the order in which it prints them, whatever the order of the options. */
const fields: readonly (readonly [string, string, string])[] = [
  ['s', 'kernel-name', 'name'],
  ['n', 'nodename', 'host'],
  ['r', 'kernel-release', 'release'],
  ['v', 'kernel-version', 'version'],
  ['m', 'machine', 'machine'],
  ['p', 'processor', 'processor'],
  ['i', 'hardware-platform', 'platform'],
  ['o', 'operating-system', 'operatingSystem'],
]

const isAsked = (argv: CommandWords, letter: string, long: string): boolean =>
  argv.slice(1).some(word => word === `--${long}` || (/^-[a-z]+$/.test(word) && word.includes(letter)))

const architecture =
  /^(?:x86_64|i[3-6]86|aarch64|arm\w+|ppc\w+|s390x|riscv64|mips\w*|loongarch64|sparc\w*|ia64)$/

// Debian and Alpine leave out processor and platform, others print them behind the machine.
const everything = (words: readonly string[]) => {
  const known = words.findIndex((word, index) => index > 3 && architecture.test(word))
  const end = known < 0 ? words.length - 2 : known
  const [name, host, release] = words
  const [machine, processor, platform] = words.slice(end, -1)
  const version = words.slice(3, end).join(' ')
  return { name, host, release, version, machine, processor, platform, operatingSystem: words.at(-1) }
}

// Only the version holds blanks: what stands before it is counted from the left, what stands behind it from the right.
const selected = (words: readonly string[], argv: CommandWords) => {
  const asked = fields.filter(([letter, long]) => isAsked(argv, letter, long)).map(([, , name]) => name)
  const names = asked.length === 0 ? ['name'] : asked
  const version = names.indexOf('version')
  const behind = version < 0 ? 0 : names.length - version - 1
  return Object.fromEntries(
    names.map((name, index): readonly [string, string | undefined] => {
      if (version < 0 || index < version) return [name, words[index]]
      if (index > version) return [name, words[words.length - (names.length - index)]]
      return [name, words.slice(version, words.length - behind).join(' ')]
    }),
  )
}

const isRelease = ({ text }: TextLine): boolean => /^\d+\.\d+\.\d+[-+.\w]*$/.test(text.trim())

const isFull = (text: string): boolean =>
  /^Linux \S+ \d+\.\d+\S* #\d+.* \S+ (?:(?:GNU\/)?Linux|Toybox|Android)$/.test(text.trim())

// Among the output of other commands only the full line and a release alone can be told.
const answerOf = (lines: readonly TextLine[], argv: CommandWords): TextLine | undefined => {
  const full = lines.find(({ text }) => isFull(text))
  if (full !== undefined || lines.length === 1) return full ?? lines[0]
  return argv.join(' ') === 'uname -r' ? lines.find(isRelease) : undefined
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = answerLines(stdout, argv)
  const line = answerOf(lines, argv)
  if (line === undefined || argv.includes('--version')) return nothing
  // One blank stands between the fields; the version may hold more: `Mon Apr  3`.
  const words = line.text.trim().split(' ')
  const full = isFull(line.text)
  if (!full && (argv.length === 0 || isAsked(argv, 'a', 'all'))) return nothing
  const value = record(full ? everything(words) : selected(words, argv))
  return singleFact('kernel', { line: line.number, value })
}

/** The kernel: `uname` with any options. */
export const uname: Parser = {
  name: 'uname',
  gives: ['kernel'],
  recognises: argv => argv[0] === 'uname',
  recognisesText: text => text.length < 400 && linesOf(text).some(line => isFull(line.text)),
  parse,
}
