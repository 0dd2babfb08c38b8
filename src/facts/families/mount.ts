import { hasOption, operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { listAt, parseJson, textAt } from './json-value.ts'

const mountPattern = /^(\S.*?) on (\/.*) type ([\w.-]+) \(([^()]*(?:\([^()]*\)[^()]*)*)\)(?: \[.*\])?\s*$/
const tablePattern = /^(\S+)\s+(\/\S*)\s+([\w.-]+)\s+((?:rw|ro)\S*)\s+\d+\s+\d+\s*$/

const infoPattern = /^\d+ \d+ \d+:\d+ \S+ (\/\S*) (\S+) (?:\S+:\d+ |unbindable )*- (\S+) (\S+) (\S+)$/

// `findmnt` draws a tree; `-l` does not: target, source, type, options. The source of a bind mount has a folder in brackets.
const findPattern = /\s(\S+)\s+([\w.-]+)\s+((?:rw|ro)(?:,\S*)?)\s*$/

type Fields = {
  readonly source: string
  readonly target: string
  readonly type: string
  readonly flags: string
}

// A path may hold blanks, so the other columns are counted from the right.
const foundFields = (text: string): Fields | undefined => {
  const match = findPattern.exec(text)
  const target = text
    .slice(0, match?.index ?? 0)
    .replace(/^[\s│├└─|`-]+/, '')
    .trimEnd()
  const [, source = '', type = '', flags = ''] = match ?? []
  return target.startsWith('/') ? { source, target, type, flags } : undefined
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
  return foundFields(text)
}

// The kernel writes blanks of a path as octal numbers, findmnt as hexadecimal ones.
const unescaped = (text: string): string =>
  text
    .replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
    .replace(/\\x([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

const mountFact = ({ source, target, type, flags }: Fields): FactValue => {
  const options = flags.split(',')
  return {
    source: unescaped(source),
    target: unescaped(target),
    type,
    options,
    readOnly: options.includes('ro'),
  }
}

// `findmnt -P`: TARGET="/" SOURCE="/dev/vda" FSTYPE="ext4" OPTIONS="rw"
const pairFields = (text: string): Fields | undefined => {
  if (!text.includes('TARGET="')) return undefined
  const at = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(text)?.[1]
  const [target, source = '', type = '', flags] = ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'].map(at)
  return target === undefined || flags === undefined ? undefined : { source, target, type, flags }
}

const jsonMounts = (list: readonly unknown[]): readonly Located<FactValue>[] =>
  list.flatMap(one => {
    const [target, flags] = [textAt(one, 'target'), textAt(one, 'options')]
    const [source, type] = [textAt(one, 'source') ?? '', textAt(one, 'fstype') ?? '']
    const own =
      target === undefined || flags === undefined ? [] : [mountFact({ source, target, type, flags })]
    return [...own.map(value => ({ line: 1, value })), ...jsonMounts(listAt(one, 'children'))]
  })

const mountOf = (text: string): FactValue | undefined => {
  const fields = pairFields(text) ?? fieldsOf(text)
  return fields === undefined ? undefined : mountFact(fields)
}

const isJson = (text: string): boolean => /^\s*\{\s*"filesystems"\s*:/.test(text)

const parse = ({ stdout, exitCode }: ParserInput): Parsed => {
  const json = isJson(stdout) ? jsonMounts(listAt(parseJson(stdout), 'filesystems')) : []
  if (json.length > 0) return listFact('mounts', json)
  const rows: readonly Located<FactValue>[] = linesOf(stdout).flatMap(({ number, text }) => {
    const value = mountOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  const none = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || none ? listFact('mounts', rows) : nothing
}

const tables = /^\/(?:proc\/(?:self\/|\d+\/)?mount(?:s|info)|etc\/mtab)$/

// `findmnt -D` is another way to ask for what df shows.
const showsUsage = (argv: CommandWords): boolean => hasOption(argv, 'D', 'df')

const lists = (argv: CommandWords): boolean =>
  argv[0] === 'mount'
    ? operandsOf(argv, ['-t', '--types', '-O']).length === 0 && !argv.includes('-a')
    : (argv[0] === 'findmnt' && !showsUsage(argv)) || argv.some(word => tables.test(word))

/** What is mounted where: `mount` without operands, `findmnt` with -l, -r, -P, -J, `cat /proc/mounts` and mountinfo; behind grep too, where no line means that it is not mounted. */
export const mount: Parser = {
  name: 'mount',
  gives: ['mounts'],
  recognises: lists,
  recognisesText: text =>
    isJson(text.slice(0, 200)) || linesOf(text.slice(0, 4000)).some(line => mountOf(line.text) !== undefined),
  parse,
}
