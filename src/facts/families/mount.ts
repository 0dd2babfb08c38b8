import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const mountPattern = /^(\S.*?) on (\/.*) type ([\w.-]+) \(([^()]*(?:\([^()]*\)[^()]*)*)\)(?: \[.*\])?\s*$/
const tablePattern = /^(\S+)\s+(\/\S*)\s+([\w.-]+)\s+((?:rw|ro)\S*)\s+\d+\s+\d+\s*$/

const infoPattern = /^\d+ \d+ \d+:\d+ \S+ (\/\S*) (\S+) (?:\S+:\d+ |unbindable )*- (\S+) (\S+) (\S+)$/

// `findmnt` draws a tree; `-l` does not: target, source, type, options. The source of a bind mount has a folder in brackets.
const findPattern = /^[\s│├└─|`-]*(\/\S*)\s+(\S+)\s+([\w.-]+)\s+((?:rw|ro)(?:,\S*)?)\s*$/

type Fields = {
  readonly source: string
  readonly target: string
  readonly type: string
  readonly flags: string
}

const fieldsOf = (line: string): Fields | undefined => {
  // `column -t` has spread the words.
  const text = line.includes(' on  ') ? line.replace(/ {2,}/g, ' ') : line
  const usual = mountPattern.exec(text) ?? tablePattern.exec(text)
  if (usual !== null) {
    const [, source = '', target = '', type = '', flags = ''] = usual
    return { source, target, type, flags }
  }
  const info = infoPattern.exec(text)
  if (info !== null) {
    const [, target = '', flags = '', type = '', source = ''] = info
    return { source, target, type, flags }
  }
  const [, target, source = '', type = '', flags = ''] = findPattern.exec(text) ?? []
  return target === undefined ? undefined : { source, target, type, flags }
}

// The kernel writes blanks of a path as octal numbers.
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))

const mountOf = (text: string): FactValue | undefined => {
  const fields = fieldsOf(text)
  if (fields === undefined) return undefined
  const { source, target, type, flags } = fields
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

const tables = /^\/(?:proc\/(?:self\/|\d+\/)?mount(?:s|info)|etc\/mtab)$/

const showsTable = (argv: CommandWords): boolean =>
  !argv.some(word => /^-[a-zA-Z]*[oDJPR]|^--(?:output|df|json|pairs)/.test(word))

const lists = (argv: CommandWords): boolean =>
  argv[0] === 'mount'
    ? operandsOf(argv, ['-t', '--types', '-O']).length === 0 && !argv.includes('-a')
    : (argv[0] === 'findmnt' && showsTable(argv)) || argv.some(word => tables.test(word))

/** What is mounted where: `mount` without operands, `findmnt`, `cat /proc/mounts` and mountinfo; behind grep too, where no line means that it is not mounted. */
export const mount: Parser = {
  name: 'mount',
  gives: ['mounts'],
  recognises: lists,
  recognisesText: text => linesOf(text.slice(0, 4000)).some(line => mountOf(line.text) !== undefined),
  parse,
}
