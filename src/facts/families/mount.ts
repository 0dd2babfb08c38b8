import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const mountPattern = /^(\S.*?) on (\/.*) type ([\w.-]+) \(([^()]*(?:\([^()]*\)[^()]*)*)\)(?: \[.*\])?\s*$/
const tablePattern = /^(\S+)\s+(\/\S*)\s+([\w.-]+)\s+((?:rw|ro)\S*)\s+\d+\s+\d+\s*$/

// The kernel writes blanks of a path as octal numbers.
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))

const mountOf = (text: string): FactValue | undefined => {
  const match = mountPattern.exec(text) ?? tablePattern.exec(text)
  if (match === null) return undefined
  const [, source = '', target = '', type = '', flags = ''] = match
  const options = flags.split(',')
  return {
    source: unescaped(source),
    target: unescaped(target),
    type,
    options,
    readOnly: options.includes('ro'),
  }
}

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const value = mountOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  const none = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || none ? listFact('mounts', rows) : nothing
}

const tables = /^\/(?:proc\/(?:self\/|\d+\/)?mounts|etc\/mtab)$/

const lists = (argv: CommandWords): boolean =>
  argv[0] === 'mount'
    ? operandsOf(argv, ['-t', '--types', '-O']).length === 0 && !argv.includes('-a')
    : argv.some(word => tables.test(word))

/** What is mounted where: `mount` without operands, `cat /proc/mounts`; behind grep too, where no line means that it is not mounted. */
export const mount: Parser = {
  name: 'mount',
  gives: ['mounts'],
  recognises: lists,
  recognisesText: text => linesOf(text.slice(0, 4000)).some(line => mountOf(line.text) !== undefined),
  parse,
}
