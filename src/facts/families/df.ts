import { hasLong, hasOption, hasShort } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record } from '../parsed.ts'
import { divideAt } from '../text/divide.ts'
import { rowLinesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { chosenFilesystems } from './df-chosen.ts'
import { unreadRows } from './unread-rows.ts'

/** How the numbers of a listing are to be read. */
type Reading = {
  readonly counts: 'bytes' | 'inodes'
  /** Of a number without a suffix; absent where each number has its own, so that only small ones go without. */
  readonly unit: number | undefined
  readonly base: 'binary' | 'decimal'
}

const amount = String.raw`(-|-?[\d.,]+[KMGTPEZYkB]?i?B?)`
const rowPattern = new RegExp(String.raw`^(\S.*?)\s+${amount}\s+${amount}\s+${amount}\s+(\d+%|-)\s+(\S.*)$`)
const numbersPattern = new RegExp(String.raw`^\s+.*${amount}\s+${amount}\s+${amount}\s+(\d+%|-)\s+\S`)
const headerPattern =
  /^\S+\s.*(?:Size|Größe|Taille|Tama|%|Capacity|\dK?-\S|blocks?|Blöcke|blocs|bloques|Inodes)/i

// What df says of a place that it could not read may stand between the rows.
const isHeader = (text: string): boolean =>
  headerPattern.test(text) && !/\d%|^df: /.test(text) && !rowPattern.test(text)

// The only number in a header is the size of a block, in every language: `1K-blocks`, `1kB-blocks`, `blocs de 1024`.
const blockOf = (header: string): number | undefined => {
  const [, digits, suffix = '', bytes = ''] = /(\d+)([KMGTPE]?)(B?)/i.exec(header) ?? []
  const base = suffix !== '' && bytes !== '' ? 'decimal' : 'binary'
  return digits === undefined ? undefined : parseSize(`${digits}${suffix}`, base)
}

const isHuman = (argv: CommandWords): boolean =>
  hasOption(argv, 'h', 'human-readable') || hasOption(argv, 'H', 'si')

const unitOf = (header: string, argv: CommandWords): number | undefined => {
  const block = blockOf(header)
  if (block !== undefined) return block
  // findmnt counts bytes with -b and says so nowhere.
  if (/^SOURCE\s/.test(header)) return 1
  if (header !== '' || isHuman(argv)) return undefined
  return hasShort(argv, 'm') ? 1024 ** 2 : 1024
}

const inodeTitles = /inode|iuse|inœuds|nodos|iノード/i

const readingOf = (header: string, argv: CommandWords): Reading => ({
  counts: inodeTitles.test(header) || hasShort(argv, 'i') ? 'inodes' : 'bytes',
  unit: unitOf(header, argv),
  base: hasOption(argv, 'H', 'si') ? 'decimal' : 'binary',
})

// A long device name pushes its numbers onto the next line.
const unwrapped = (lines: readonly TextLine[]): readonly TextLine[] =>
  lines.flatMap((line, index) => {
    const before = lines[index - 1]
    if (numbersPattern.test(line.text) && before !== undefined && !/\d+%/.test(before.text))
      return [{ number: line.number, text: `${before.text.trim()} ${line.text.trim()}` }]
    return [line]
  })

const toAmount = (text: string, { counts, unit, base }: Reading): number | undefined => {
  const size = parseSize(text, /[A-Z]B$/i.test(text) ? 'decimal' : base)
  if (size === undefined || /[A-Za-z]/.test(text)) return size
  return counts === 'inodes' ? size : size * (unit ?? 1)
}

// Of several listings in one output each must be read in its own way; a row without titles does not say of which it is.
const isOfAnother = (total: string, { counts, unit }: Reading): boolean =>
  counts === 'bytes' && unit === undefined && /^\d{4,}$/.test(total)

const isPlace = (text: string): boolean => rowPattern.test(text) && /\s\d+%\s+\//.test(text)

const splitType = (text: string, typed: boolean): readonly [string, string | undefined] => {
  const match = typed ? /^(.*\S)\s+(\S+)$/.exec(text) : null
  return match === null ? [text, undefined] : [match[1] ?? text, match[2]]
}

const rowOf = (text: string, reading: Reading, typed: boolean): FactValue | undefined => {
  const match = rowPattern.exec(text)
  if (match === null) return undefined
  const [, source = '', total = '', used = '', free = '', percent = '', mount = ''] = match
  if (isOfAnother(total, reading)) return undefined
  const [filesystem, type] = splitType(source, typed)
  const amounts = [total, used, free].map(cell => toAmount(cell, reading))
  const share = percent === '-' ? undefined : Number.parseInt(percent, 10)
  const [a, b, c] = amounts
  const cells =
    reading.counts === 'inodes'
      ? { inodes: a, inodesUsed: b, inodesFree: c, inodesUsePercent: share }
      : { size: a, used: b, available: c, usePercent: share }
  return record({ filesystem, type, ...cells, mount })
}

// `df --total` ends with a sum, which is no filesystem.
const isSum = (value: FactValue): boolean => {
  const { filesystem, mount } = value as { readonly filesystem?: string; readonly mount?: string }
  return filesystem === 'total' && (mount === '-' || mount === '')
}

const typeTitle = /\s(?:Typ[eo]?|タイプ|FSTYPE)\s/

const usualRows = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const rows: Located<FactValue>[] = []
  let header = ''
  for (const { number, text } of unwrapped(lines)) {
    if (isHeader(text)) header = text
    const typed = header === '' ? hasShort(argv, 'T') : typeTitle.test(header)
    const value = rowOf(text.trimEnd(), readingOf(header, argv), typed)
    if (value !== undefined && !isSum(value)) rows.push({ line: number, value })
  }
  return rows
}

const unread = (lines: readonly TextLine[], rows: readonly Located<FactValue>[]): Parsed => {
  const read = new Set(rows.map(({ line }) => line))
  return unreadRows(lines.filter(({ number, text }) => isPlace(text) && !read.has(number)))
}

const chosenRows = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const [first] = lines
  const reading = readingOf(
    first !== undefined && /\d%|\d\s*$/.test(first.text) ? '' : (first?.text ?? ''),
    argv,
  )
  const size = (cell: string): number | undefined => toAmount(cell, { ...reading, counts: 'bytes' })
  const count = (cell: string): number | undefined => toAmount(cell, { ...reading, counts: 'inodes' })
  return chosenFilesystems(lines, argv, { size, count })
}

const parse = ({ argv, stdout, exitCode }: ParserInput) => {
  const lines = rowLinesOf(stdout)
  const isChosen = hasLong(argv, 'output')
  const rows = isChosen ? chosenRows(lines, argv) : usualRows(lines, argv)
  const filteredAway = stdout.trim() === '' && exitCode === 1
  const found = rows.length > 0 || filteredAway ? listFact('filesystems', rows) : nothing
  return isChosen ? found : combine([found, unread(lines, rows)])
}

const isTitles = (text: string): boolean => isHeader(text) && /\s(?:Use%|IUse%|Capacity)\s/.test(text)

/** Filesystem usage: `df` plain, -h, -H, -k, -m, -i, -P, -T, -B, --output, --total of coreutils and busybox, localised headers included; `findmnt -D`. */
export const df: Parser = {
  name: 'df',
  gives: ['filesystems'],
  recognises: argv => argv[0] === 'df' || (argv[0] === 'findmnt' && hasOption(argv, 'D', 'df')),
  recognisesText: text => {
    const lines = rowLinesOf(text)
    return lines.some(
      (line, index) => isTitles(line.text) || (isHeader(line.text) && isPlace(lines[index + 1]?.text ?? '')),
    )
  },
  parse,
  divide: divideAt(isTitles),
}
