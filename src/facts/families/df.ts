import { hasLong, hasShort } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { rowLinesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parser, ParserInput } from '../types.ts'
import { chosenFilesystems } from './df-chosen.ts'

/** How the numbers of a listing are to be read. */
type Reading = {
  readonly counts: 'bytes' | 'inodes'
  readonly unit: number
  readonly base: 'binary' | 'decimal'
}

const amount = String.raw`(-|[\d.,]+[KMGTPEZYkB]?i?B?)`
const rowPattern = new RegExp(String.raw`^(\S.*?)\s+${amount}\s+${amount}\s+${amount}\s+(\d+%|-)\s+(\S.*)$`)
const numbersPattern = new RegExp(String.raw`^\s+.*${amount}\s+${amount}\s+${amount}\s+(\d+%|-)\s+\S`)
const headerPattern =
  /^\S+\s.*(?:Size|Größe|Taille|Tama|Use%|Capacity|blocks?|Blöcke|blocs|bloques|IUse%|Verw%|Inodes)/i

const isHeader = (text: string): boolean => headerPattern.test(text) && !rowPattern.test(text)

const unitOf = (header: string, argv: CommandWords): number => {
  const blocks = /\b(\d*)([KMGB]?)-(?:blocks?|Blöcke|blocs|bloques)/i.exec(header)
  if (blocks !== null) return parseSize(`${blocks[1] || '1'}${blocks[2]?.replace('B', '')}`) ?? 1024
  if (header !== '' || hasShort(argv, 'h') || hasShort(argv, 'H') || hasLong(argv, 'human-readable')) return 1
  return hasShort(argv, 'm') ? 1024 ** 2 : 1024
}

const readingOf = (header: string, argv: CommandWords): Reading => ({
  counts: /inodes|iuse|inœuds|nodos-i/i.test(header) || hasShort(argv, 'i') ? 'inodes' : 'bytes',
  unit: unitOf(header, argv),
  base: hasShort(argv, 'H') || hasLong(argv, 'si') ? 'decimal' : 'binary',
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
  const size = parseSize(text, counts === 'inodes' ? 'decimal' : base)
  if (size === undefined || /[A-Za-z]/.test(text)) return size
  return counts === 'inodes' ? size : size * unit
}

const splitType = (text: string, typed: boolean): readonly [string, string | undefined] => {
  const match = typed ? /^(.*\S)\s+(\S+)$/.exec(text) : null
  return match === null ? [text, undefined] : [match[1] ?? text, match[2]]
}

const rowOf = (text: string, reading: Reading, typed: boolean): FactValue | undefined => {
  const match = rowPattern.exec(text)
  if (match === null) return undefined
  const [, source = '', total = '', used = '', free = '', percent = '', mount = ''] = match
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

const usualRows = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const rows: Located<FactValue>[] = []
  let header = ''
  for (const { number, text } of unwrapped(lines)) {
    if (isHeader(text)) header = text
    const typed = header === '' ? hasShort(argv, 'T') : /^\S+\s+Typ[eo]?\b/i.test(header)
    const value = rowOf(text, readingOf(header, argv), typed)
    if (value !== undefined && !isSum(value)) rows.push({ line: number, value })
  }
  return rows
}

const chosenRows = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const [first] = lines
  const reading = readingOf(
    first !== undefined && /\d%|\d\s*$/.test(first.text) ? '' : (first?.text ?? ''),
    argv,
  )
  const size = (cell: string): number | undefined => toAmount(cell, { ...reading, counts: 'bytes' })
  return chosenFilesystems(lines, argv, { size })
}

const parse = ({ argv, stdout, exitCode }: ParserInput) => {
  const lines = rowLinesOf(stdout)
  const rows = hasLong(argv, 'output') ? chosenRows(lines, argv) : usualRows(lines, argv)
  const filteredAway = stdout.trim() === '' && exitCode === 1
  return rows.length > 0 || filteredAway ? listFact('filesystems', rows) : nothing
}

/** Filesystem usage: `df` plain, -h, -H, -k, -m, -i, -P, -T, -B, --output, --total of coreutils and busybox, localised headers included. */
export const df: Parser = {
  name: 'df',
  gives: ['filesystems'],
  recognises: argv => argv[0] === 'df',
  recognisesText: text =>
    rowLinesOf(text).some(line => isHeader(line.text) && /\s(?:Use%|IUse%|Capacity)\s/.test(line.text)),
  parse,
}
