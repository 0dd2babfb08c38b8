import { hasLong, hasShort } from '../command/options.ts'
import { combine, nothing, record, singleFact } from '../parsed.ts'
import { rowLinesOf } from '../text/lines.ts'
import { percentOf } from '../text/number.ts'
import { parseSize, type SizeBase } from '../text/size.ts'
import type { CommandWords, Parsed, Parser, ParserInput } from '../types.ts'

type Row = { readonly line: number; readonly label: string; readonly cells: readonly string[] }

const rowPattern = /^(\S[^:]*):\s+(-?\d\S*(?:\s+-?\d\S*)*)\s*$/
const extraRows = /^(?:-\/\+|low|high|total|comm)/i

const unitSteps: readonly (readonly [string, string, number])[] = [
  ['b', 'bytes', 1],
  ['k', 'kibi', 1024],
  ['m', 'mebi', 1024 ** 2],
  ['g', 'gibi', 1024 ** 3],
]

// Without a command the unit is a guess: no machine has less than 128 MiB, so small totals are mebibytes.
const unitOf = (argv: CommandWords, total: number): number => {
  const given = unitSteps.find(([letter, name]) => hasShort(argv, letter) || hasLong(argv, name))
  if (given !== undefined) return given[2]
  return argv.length === 0 && total < 128 * 1024 ? 1024 ** 2 : 1024
}

const rowsOf = (stdout: string): readonly Row[] =>
  rowLinesOf(stdout).flatMap(({ number, text }) => {
    const match = rowPattern.exec(text)
    if (match === null || extraRows.test(match[1] ?? '')) return []
    return [{ line: number, label: match[1] ?? '', cells: (match[2] ?? '').split(/\s+/) }]
  })

const reader = (row: Row, argv: CommandWords) => {
  const base: SizeBase = hasLong(argv, 'si') ? 'decimal' : 'binary'
  const unit = unitOf(argv, parseSize(row.cells[0] ?? '') ?? 0)
  const plain = (text: string): boolean =>
    /^-?\d+$/.test(text) && !hasShort(argv, 'h') && !hasLong(argv, 'human')
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

const memoryOf = (row: Row, { argv, stdout }: ParserInput): Parsed => {
  const at = reader(row, argv)
  const old = /\bcached\b/.test(stdout) && !/\bavailable\b/.test(stdout)
  const scale = unitOf(argv, parseSize(row.cells[0] ?? '') ?? 0)
  const wide = /\bbuffers\s+cache\s+available\b/.test(stdout)
  const total = at(0)
  const available = old ? oldAvailable(stdout, scale) : at(wide ? 6 : 5)
  const value = record({
    total,
    used: at(1),
    free: at(2),
    shared: at(3),
    buffCache: old || wide ? (at(4) ?? 0) + (at(5) ?? 0) : at(4),
    available,
    availablePercent: percentOf(available, total),
  })
  return singleFact('memory', { line: row.line, value })
}

const swapOf = (row: Row, argv: CommandWords): Parsed => {
  const at = reader(row, argv)
  const value = record({ total: at(0), used: at(1), free: at(2), usedPercent: percentOf(at(1), at(0)) })
  return singleFact('swap', { line: row.line, value })
}

const parse = (input: ParserInput): Parsed => {
  const rows = rowsOf(input.stdout)
  const memory = rows.find(row => row.cells.length >= 5)
  const swap = rows.find(row => row.cells.length === 3)
  return combine([
    memory === undefined ? nothing : memoryOf(memory, input),
    swap === undefined ? nothing : swapOf(swap, input.argv),
  ])
}

/** Memory and swap in bytes: `free` plain, -b, -k, -m, -g, -h, -w, -t of procps old and new, localised labels included. */
export const free: Parser = {
  name: 'free',
  gives: ['memory', 'swap'],
  recognises: argv => argv[0] === 'free',
  recognisesText: text => /^[ \t]+total[ \t]+used[ \t]+free[ \t]+shared\b/m.test(text),
  parse,
}
