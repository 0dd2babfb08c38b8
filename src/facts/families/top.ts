import { type Cells, combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber, percentOf } from '../text/number.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { memoryCell, programOf } from './process-rows.ts'
import { readUptimeLine } from './uptime.ts'

// `%Cpu(s):  2.1 us,  1.0 sy, …`, `Tasks: 120 total, 1 running, …`, `MiB Mem : 15869.4 total, …`: figures before their names.
const figuresIn = (text: string): ReadonlyMap<string, number> =>
  new Map(
    [
      ...text.matchAll(/(\d+(?:[.,]\d+)?)(?:[kKmMgG](?= ))?[ %]*(?:\+\s*)?(avail Mem|buff\/cache|[a-z]+)/g),
    ].map(match => [match[2] ?? '', parseNumber(match[1]) ?? 0]),
  )

const lineWith = (lines: readonly TextLine[], pattern: RegExp): TextLine | undefined =>
  lines.find(line => pattern.test(line.text))

const figuresFact = (
  name: string,
  line: TextLine | undefined,
  names: Readonly<Record<string, string>>,
): Parsed => {
  if (line === undefined) return nothing
  const figures = figuresIn(line.text.slice(line.text.indexOf(':') + 1))
  const value = record(Object.fromEntries(Object.entries(names).map(([to, from]) => [to, figures.get(from)])))
  return Object.keys(value).length === 0 ? nothing : singleFact(name, { line: line.number, value })
}

const cpuNames = { user: 'us', system: 'sy', nice: 'ni', idle: 'id', ioWait: 'wa', steal: 'st' }
const taskNames = {
  total: 'total',
  running: 'running',
  sleeping: 'sleeping',
  stopped: 'stopped',
  zombie: 'zombie',
}

type Figures = (name: string) => number | undefined

// Old versions print KiB without saying so, new ones name the unit at the beginning of the line.
const bytesIn = (line: TextLine | undefined): Figures => {
  const text = line?.text ?? ''
  const unit = parseSize(`1${/^([KMGT])i?B? /.exec(text)?.[1] ?? 'K'}`) ?? 1024
  const figures = figuresIn(text.slice(text.indexOf(':') + 1))
  return name => {
    const value = figures.get(name)
    return value === undefined ? undefined : Math.round(value * unit)
  }
}

const storeFact = (name: string, line: TextLine | undefined, cells: Cells): Parsed =>
  line === undefined || cells.total === undefined
    ? nothing
    : singleFact(name, { line: line.number, value: record(cells) })

const memoryFacts = (lines: readonly TextLine[]): Parsed => {
  const memoryLine = lineWith(lines, /^([KMGT]i?B? )?Mem\s*:/)
  const swapLine = lineWith(lines, /^([KMGT]i?B? )?Swap\s*:/)
  const memory = bytesIn(memoryLine)
  const swap = bytesIn(swapLine)
  const main = { total: memory('total'), used: memory('used'), free: memory('free') }
  const available = swap('avail Mem')
  const rest = {
    buffCache: memory('buff/cache'),
    available,
    availablePercent: percentOf(available, main.total),
  }
  const swapped = { total: swap('total'), used: swap('used'), free: swap('free') }
  return combine([
    storeFact('memory', memoryLine, { ...main, ...rest }),
    storeFact('swap', swapLine, { ...swapped, usedPercent: percentOf(swapped.used, swapped.total) }),
  ])
}

const processRows = (lines: readonly TextLine[]): Parsed => {
  const header = lines.findLastIndex(line => /^\s*PID\s+USER\b/.test(line.text))
  if (header < 0) return nothing
  const titles = (lines[header]?.text ?? '').trim().split(/\s+/)
  const at = (words: readonly string[], title: string): string | undefined => words[titles.indexOf(title)]
  const rows = lines.slice(header + 1).flatMap(({ number, text }): readonly Located<FactValue>[] => {
    const words = text.trim().split(/\s+/)
    const pid = parseNumber(at(words, 'PID'))
    if (pid === undefined) return []
    const command = words.slice(titles.length - 1).join(' ')
    const cells = { pid, user: at(words, 'USER'), cpuPercent: parseNumber(at(words, '%CPU')) }
    const rest = { memoryPercent: parseNumber(at(words, '%MEM')), memory: memoryCell(at(words, 'RES')) }
    const state = at(words, 'S')
    return [
      { line: number, value: record({ ...cells, ...rest, state, program: programOf(command), command }) },
    ]
  })
  return listFact('processes', rows)
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  return combine([
    readUptimeLine(stdout),
    figuresFact('tasks', lineWith(lines, /^(?:Tasks|Threads):/), taskNames),
    figuresFact('cpuPercent', lineWith(lines, /^%?Cpu/), cpuNames),
    memoryFacts(lines),
    processRows(lines),
  ])
}

/** One screen of `top -b` (the last where there are several): load, tasks, processor shares, memory, swap, processes. */
export const top: Parser = {
  name: 'top',
  gives: ['load', 'uptimeSeconds', 'tasks', 'cpuPercent', 'memory', 'swap', 'processes'],
  recognises: argv => argv[0] === 'top',
  recognisesText: text => /^top - .*load average/m.test(text),
  parse,
}
