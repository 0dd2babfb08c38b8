import { hasLong, hasOption } from '../command/options.ts'
import { combine, nothing, record, singleFact } from '../parsed.ts'
import { divideAt } from '../text/divide.ts'
import { rowLinesOf } from '../text/lines.ts'
import { percentOf, sumOf } from '../text/number.ts'
import { parseSize, type SizeBase } from '../text/size.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'

type Row = { readonly line: number; readonly label: string; readonly cells: readonly string[] }

const rowPattern = /^(\S[^:]*):\s+(-?\d\S*(?:\s+-?\d\S*)*)\s*$/
const extraRows = /^(?:-\/\+|low|high|total|comm)/i

const prefixes = ['', 'k', 'm', 'g', 't', 'p']
const decimalNames = ['', 'kilo', 'mega', 'giga', 'tera', 'peta']
const binaryNames = ['bytes', 'kibi', 'mebi', 'gibi', 'tebi', 'pebi']

const givenUnit = (argv: CommandWords): number | undefined => {
  const decimal = decimalNames.findIndex(name => name !== '' && hasLong(argv, name))
  if (decimal > 0) return 1000 ** decimal
  const binary = prefixes.findIndex((letter, power) =>
    hasOption(argv, letter === '' ? 'b' : letter, binaryNames[power] ?? ''),
  )
  return binary < 0 ? undefined : (hasLong(argv, 'si') ? 1000 : 1024) ** binary
}

// toybox counts bytes where others count KiB; its header begins with tabs.
const countsBytes = (stdout: string): boolean => /^\t+total\b/m.test(stdout)

// Without a command the unit is a guess: no machine has less than 128 MiB, so small totals are mebibytes.
const unitOf = ({ argv, stdout }: ParserInput, total: number): number => {
  const given = givenUnit(argv)
  if (given !== undefined) return given
  if (countsBytes(stdout)) return 1
  if (argv.length === 0 && total < 128 * 1024) return 1024 ** 2
  return hasLong(argv, 'si') ? 1000 : 1024
}

const rowsOf = (stdout: string): readonly Row[] =>
  rowLinesOf(stdout).flatMap(({ number, text }) => {
    const match = rowPattern.exec(text)
    if (match === null || extraRows.test(match[1] ?? '')) return []
    return [{ line: number, label: match[1] ?? '', cells: (match[2] ?? '').split(/\s+/) }]
  })

const reader = (row: Row, input: ParserInput) => {
  const { argv } = input
  const base: SizeBase = hasLong(argv, 'si') ? 'decimal' : 'binary'
  const unit = unitOf(input, parseSize(row.cells[0] ?? '') ?? 0)
  const plain = (text: string): boolean => /^-?\d+$/.test(text) && !hasOption(argv, 'h', 'human')
  return (index: number): number | undefined => {
    const cell = row.cells[index]
    const size = cell === undefined ? undefined : parseSize(cell, base)
    return size !== undefined && cell !== undefined && plain(cell) ? size * unit : size
  }
}

// Until procps 3.3.9 the columns were shared, buffers, cached; what programs could have was on a line of its own.
const oldAvailable = (stdout: string, scale: number): number | undefined => {
  const cell = /^-\/\+ buffers\/cache:\s+\S+\s+(\S+)/m.exec(stdout)?.[1]
  const size = cell === undefined ? undefined : parseSize(cell)
  return size === undefined || /[A-Za-z]/.test(cell ?? '') ? size : size * scale
}

// `free -L` prints everything in one line, each figure behind its name: `SwapUse 0 CachUse 1080008 MemUse 431420 MemFree 23462888`.
const inOneLine = (input: ParserInput): Parsed => {
  const line = rowLinesOf(input.stdout).find(({ text }) => /\bMemUse\s+\S+\s+MemFree\s/.test(text))
  if (line === undefined) return nothing
  const words = line.text.trim().split(/\s+/)
  const cells = ['MemUse', 'MemFree', 'CachUse', 'SwapUse'].map(name => words[words.indexOf(name) + 1] ?? '')
  const at = reader({ line: line.number, label: '', cells }, input)
  return combine([
    singleFact('memory', {
      line: line.number,
      value: record({ used: at(0), free: at(1), buffCache: at(2) }),
    }),
    singleFact('swap', { line: line.number, value: record({ used: at(3) }) }),
  ])
}

type Columns = 'old' | 'wide' | 'usual'

// Told by the row itself where a filter took the header away: what was used once counted buffers and cache too.
const columnsOf = (row: Row, { stdout }: ParserInput): Columns => {
  if (row.cells.length === 7) return 'wide'
  if (/\bavailable\b/.test(stdout)) return 'usual'
  const [total, used, free] = row.cells.map(cell => parseSize(cell) ?? Number.NaN)
  const addsUp = Math.abs(Number(total) - Number(used) - Number(free)) <= 2
  return addsUp || row.cells.length === 5 || /^-\/\+/m.test(stdout) ? 'old' : 'usual'
}

const memoryOf = (row: Row, input: ParserInput): Parsed => {
  const at = reader(row, input)
  const columns = columnsOf(row, input)
  const scale = unitOf(input, parseSize(row.cells[0] ?? '') ?? 0)
  const total = at(0)
  const available = columns === 'old' ? oldAvailable(input.stdout, scale) : at(columns === 'wide' ? 6 : 5)
  const [buffers, cache] = columns === 'usual' ? [] : [at(4), at(5)]
  const value = record({
    total,
    used: at(1),
    free: at(2),
    shared: at(3),
    buffers,
    cache,
    buffCache: columns === 'usual' ? at(4) : sumOf(buffers, cache),
    available,
    availablePercent: percentOf(available, total),
  })
  return singleFact('memory', { line: row.line, value })
}

const swapOf = (row: Row, input: ParserInput): Parsed => {
  const at = reader(row, input)
  const value = record({ total: at(0), used: at(1), free: at(2), usedPercent: percentOf(at(1), at(0)) })
  return singleFact('swap', { line: row.line, value })
}

const parse = (input: ParserInput): Parsed => {
  const rows = rowsOf(input.stdout)
  const memory = rows.findLast(row => row.cells.length >= 5)
  const swap = rows.findLast(row => row.cells.length === 3)
  return combine([
    inOneLine(input),
    memory === undefined ? nothing : memoryOf(memory, input),
    swap === undefined ? nothing : swapOf(swap, input),
  ])
}

// Titles and labels are translated, the shape is not: six or seven titles, as many figures of memory, three of swap.
const shape =
  /^[ \t]{6,}[^\s\d]\S*(?:[ \t]+[^\s\d]\S*){5,6}\n\S+:(?:[ \t]+\d\S*){6,7}\n\S+:(?:[ \t]+\d\S*){3}[ \t]*$/m

/** Memory and swap in bytes: `free` plain, in any unit, -h, -w, -t, -L of procps old and new, busybox and toybox, localised labels included. */
export const free: Parser = {
  name: 'free',
  gives: ['memory', 'swap'],
  recognises: argv => argv[0] === 'free',
  recognisesText: text => /^[ \t]+total[ \t]+used[ \t]+free[ \t]+shared\b/m.test(text) || shape.test(text),
  parse,
  divide: divideAt(text => /^[ \t]+total[ \t]+used[ \t]+free\b/.test(text)),
}
