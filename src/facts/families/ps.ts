import { type Located, listFact, nothing, record } from '../parsed.ts'
import { divideAt } from '../text/divide.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { memoryCell, programOf, spanSeconds, withoutBranches } from './process-rows.ts'
import { askedColumns, headerColumns, isPsHeader, type PsColumn } from './ps-columns.ts'

type Cells = ReadonlyMap<string, string>

// `Sat Nov 28 09:53:32 2026`, `Nov 28`: how many words the beginning of a process takes.
const wordsOfStart = (word: string): number => {
  if (/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(word)) return 5
  return /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/.test(word) ? 2 : 1
}

// What stands before the command is counted from the left, what stands behind it from the right.
const cellsOf = (text: string, columns: readonly PsColumn[]): Cells | undefined => {
  const words = [...text.matchAll(/\S+/g)]
  const cells = new Map<string, string>()
  const wide = columns.findLastIndex(column => column.isCommand)
  const behind = wide < 0 ? 0 : columns.length - wide - 1
  let at = 0
  for (const [index, { title }] of columns.entries()) {
    const first = words[at]
    if (first === undefined) return undefined
    const isWide = index === wide || (index === columns.length - 1 && title === 'COMM')
    const takes = title === 'STARTED' ? wordsOfStart(first[0]) : 1
    const end = isWide ? words.length - behind : at + takes
    const last = words[end - 1]
    if (last === undefined || end <= at) return undefined
    cells.set(title, text.slice(first.index, last.index + last[0].length))
    at = end
  }
  return at === words.length ? cells : undefined
}

const known = (cell: string | undefined): string | undefined =>
  cell === undefined || cell === '?' || cell === '-' ? undefined : cell

const identityOf = (cells: Cells) => ({
  pid: parseNumber(cells.get('PID')),
  threadId: parseNumber(cells.get('LWP') ?? cells.get('SPID') ?? cells.get('TID')),
  parentPid: parseNumber(cells.get('PPID')),
  user: ['USER', 'UID', 'EUSER', 'RUSER', 'EUID'].map(title => cells.get(title)).find(cell => cell),
})

const figuresOf = (cells: Cells) => ({
  cpuPercent: parseNumber(cells.get('%CPU') ?? cells.get('C')),
  memoryPercent: parseNumber(cells.get('%MEM')),
  virtualMemory: memoryCell(cells.get('VSZ')),
  memory: memoryCell(cells.get('RSS') ?? cells.get('RSZ')),
  threads: parseNumber(cells.get('NLWP') ?? cells.get('THCNT')),
  nice: parseNumber(cells.get('NI')),
  cpuSeconds: spanSeconds(cells.get('TIME')),
  elapsedSeconds: spanSeconds(cells.get('ELAPSED')),
})

// Before other columns a command is cut to the width of its own, which is 27 unless it was asked for wider.
const NARROW = 27

const isCut = (command: string, columns: readonly PsColumn[]): boolean =>
  columns.at(-1)?.isCommand !== true && columns.length > 1 && command.length >= NARROW && !/\s/.test(command)

const processOf = (cells: Cells, columns: readonly PsColumn[]): FactValue | undefined => {
  const line = cells.get('COMMAND') ?? cells.get('CMD') ?? cells.get('ARGS') ?? cells.get('COMM')
  const identity = identityOf(cells)
  if (identity.pid === undefined && (line === undefined || cells.has('PID'))) return undefined
  const command = line === undefined ? undefined : withoutBranches(line)
  return record({
    ...identity,
    ...figuresOf(cells),
    terminal: known(cells.get('TTY') ?? cells.get('TT')),
    state: known(cells.get('STAT') ?? cells.get('S')),
    started: cells.get('START') ?? cells.get('STIME') ?? cells.get('STARTED'),
    waitsIn: known(cells.get('WCHAN')),
    program:
      cells.get('COMM') ??
      (command === undefined || isCut(command, columns) ? undefined : programOf(command)),
    command,
  })
}

const rowsOf = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  let columns = askedColumns(argv)
  return lines.flatMap(({ number, text }) => {
    if (isPsHeader(text)) {
      columns = headerColumns(text)
      return []
    }
    const cells = cellsOf(text, columns)
    const value = cells === undefined ? undefined : processOf(cells, columns)
    return value === undefined ? [] : [{ line: number, value }]
  })
}

const parse = ({ argv, stdout, exitCode }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const rows = rowsOf(lines, argv)
  const none = exitCode === 1 && lines.every(({ text }) => isPsHeader(text))
  return rows.length > 0 || none ? listFact('processes', rows) : nothing
}

const hasTitle = (header: string, title: string): boolean =>
  new RegExp(String.raw`(?:^|\s)(?:${title})(?:\s|$)`).test(header)

/** Processes: `ps aux`, `ps -ef`, `ps -o …`, with threads or as a forest; behind grep too, where the header is gone. */
export const ps: Parser = {
  name: 'ps',
  gives: ['processes'],
  recognises: argv => argv[0] === 'ps',
  recognisesText: text => {
    const first = text.trimStart().split('\n', 1)[0] ?? ''
    return isPsHeader(first) && ['PID', 'COMMAND|CMD|COMM|ARGS'].every(title => hasTitle(first, title))
  },
  parse,
  divide: divideAt(isPsHeader),
}
