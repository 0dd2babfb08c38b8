import { hasLong, hasOption, hasShort, optionValue } from '../command/options.ts'
import { combine, complain, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { numberAt, textAt } from './json-value.ts'
import { epochInstant, utcInstant } from './utc-instant.ts'

// A tab stands before the path; where a terminal made blanks of it only what looks like a path is one.
const rowPattern = /^\s*(\d+(?:[.,]\d+)?[kKMGTPEZY]?i?B?)(?:\t+(\S.*)| +([/.~]\S*.*|total))$/

const unitOf = (argv: CommandWords): number => {
  const given = parseSize(optionValue(argv, ['--block-size', '-B'])?.replace(/^[KMGT]/, '1$&') ?? '')
  if (given !== undefined) return given
  if (hasOption(argv, 'b', 'bytes')) return 1
  return hasShort(argv, 'm') ? 1024 ** 2 : 1024
}

const isHuman = (argv: CommandWords): boolean => hasOption(argv, 'h', 'human-readable') || hasLong(argv, 'si')

const sizeOf = (text: string, argv: CommandWords): number | undefined => {
  const isDecimal = hasLong(argv, 'si') || /[A-Za-z]B$/.test(text)
  const size = parseSize(text, isDecimal ? 'decimal' : 'binary')
  const isBare = /^\d+$/.test(text) && !isHuman(argv)
  return size !== undefined && isBare ? size * unitOf(argv) : size
}

// `--time-style` has many forms; a day alone is no instant.
const changeOf = (stamp: string): string | undefined => {
  if (/^\d{9,10}$/.test(stamp)) return epochInstant(Number(stamp) * 1000)
  const instant = parseInstant(stamp)
  return instant === undefined ? undefined : utcInstant(instant)
}

const rowOf = ({ number, text }: TextLine, argv: CommandWords): readonly Located<FactValue>[] => {
  const [, amount, tabbed, spaced] = rowPattern.exec(text) ?? []
  const path = tabbed ?? spaced
  const size = amount === undefined ? undefined : sizeOf(amount, argv)
  if (amount === undefined || path === undefined || size === undefined) return []
  // `--time` puts the last change between the two.
  const [, stamp, dated] = (hasLong(argv, 'time') && /^([^\t]+)\t(.*)$/.exec(path)) || []
  if (stamp !== undefined && dated !== undefined)
    return [{ line: number, value: record({ path: dated, size, modified: changeOf(stamp) }) }]
  if (hasLong(argv, 'inodes')) return [{ line: number, value: { path, inodes: Number(amount) } }]
  return [{ line: number, value: { path, size } }]
}

const sumNames = ['total', 'insgesamt', 'total général', '合計']

/** The sum that `du -c` adds is no directory; it stands last, or first where the listing was sorted downwards. */
const sumOf = (rows: readonly Located<FactValue>[], argv: CommandWords): Located<FactValue> | undefined =>
  rows.length > 1 && hasOption(argv, 'c', 'total')
    ? [rows.at(-1), rows[0]].find(row => sumNames.includes(textAt(row?.value, 'path') ?? ''))
    : undefined

const unread = /cannot (?:read directory|access) .*Permission denied/

const parse = ({ argv, stdout, stderr }: ParserInput): Parsed => {
  const rows = linesOf(stdout.replaceAll('\0', '\n')).flatMap(line => rowOf(line, argv))
  if (rows.length === 0) return nothing
  const partial = unread.exec(`${stderr}\n${stdout}`)
  const warning = complain('E_FACTS_INCOMPLETE', 'Some directories could not be read, so sizes are too small')
  const sum = sumOf(rows, argv)
  const total = numberAt(sum?.value, 'size')
  const totalFact =
    sum === undefined || total === undefined
      ? nothing
      : singleFact('directorySizesTotal', { line: sum.line, value: total })
  const directories = listFact(
    'directorySizes',
    rows.filter(row => row !== sum),
  )
  return combine([directories, totalFact, partial === null ? nothing : warning])
}

/** How much space directories take: `du` plain, -h, -s, -c, -k, -m, -b, --inodes; sorted or cut too. */
export const du: Parser = {
  name: 'du',
  gives: ['directorySizes', 'directorySizesTotal'],
  recognises: argv => argv[0] === 'du',
  recognisesText: text => /^\d+(?:[.,]\d)?[KMGT]?\t(?:\/\S*|\.(?:\/.*)?)$/m.test(text),
  parse,
}
