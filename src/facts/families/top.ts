import { type Cells, combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { countedFrom, linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber, percentOf, sumOf } from '../text/number.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { memoryCell, programOf, spanSeconds } from './process-rows.ts'
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
const busyboxNames = { user: 'usr', system: 'sys', nice: 'nic', idle: 'idle', ioWait: 'io' }
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

// busybox names no total: `Mem: 5800176K used, 18883444K free, 8952K shrd, 113784K buff, 3967616K cached`
const busyboxMemory = (memory: Figures): Cells => {
  const [used, free, buffers, cache] = ['used', 'free', 'buff', 'cached'].map(memory)
  const [total, buffCache] = [sumOf(used, free), sumOf(buffers, cache)]
  return { total, used, free, shared: memory('shrd'), buffers, cache, buffCache }
}

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
  const cells = memory('shrd') === undefined ? { ...main, ...rest } : busyboxMemory(memory)
  const swapped = { total: swap('total'), used: swap('used'), free: swap('free') }
  return combine([
    storeFact('memory', memoryLine, cells),
    storeFact('swap', swapLine, { ...swapped, usedPercent: percentOf(swapped.used, swapped.total) }),
  ])
}

const processOf = (text: string, titles: readonly string[]): FactValue | undefined => {
  const words = text.trim().split(/\s+/)
  const at = (...names: readonly string[]): string | undefined =>
    words[titles.findIndex(title => names.includes(title))]
  const pid = parseNumber(at('PID'))
  if (pid === undefined) return undefined
  const command = words.slice(titles.length - 1).join(' ')
  return record({
    pid,
    parentPid: parseNumber(at('PPID')),
    user: at('USER'),
    cpuPercent: parseNumber(at('%CPU')?.replace('%', '')),
    memoryPercent: parseNumber(at('%MEM')),
    virtualMemory: memoryCell(at('VIRT', 'VSZ')),
    memory: memoryCell(at('RES')),
    nice: parseNumber(at('NI')),
    cpuSeconds: spanSeconds(at('TIME+')),
    state: at('S', 'STAT'),
    program: programOf(command),
    command,
  })
}

// toybox puts the column that it sorts by into brackets: `S[%CPU]`.
const titlesOf = (header: string): readonly string[] => header.replace(/[[\]]/g, ' ').trim().split(/\s+/)

const processRows = (lines: readonly TextLine[]): Parsed => {
  const header = lines.findLastIndex(line => /^\s*PID\s+(?:PPID\s+)?USER\b/.test(line.text))
  if (header < 0) return nothing
  const titles = titlesOf(lines[header]?.text ?? '')
  const rows = lines.slice(header + 1).flatMap(({ number, text }): readonly Located<FactValue>[] => {
    const value = processOf(text, titles)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return listFact('processes', rows)
}

// With -n the screens follow each other; the newest counts, and its lines keep their numbers.
const newestScreen = (stdout: string): string => {
  const start = stdout.lastIndexOf('\ntop - ')
  return start < 0 ? stdout : countedFrom(stdout, start)
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const screen = newestScreen(stdout)
  const lines = linesOf(screen)
  const cpu = lineWith(lines, /^%?Cpu/i)
  return combine([
    readUptimeLine(screen),
    figuresFact('tasks', lineWith(lines, /^(?:Tasks|Threads):/), taskNames),
    figuresFact('cpuPercent', cpu, / usr /.test(cpu?.text ?? '') ? busyboxNames : cpuNames),
    memoryFacts(lines),
    processRows(lines),
  ])
}

/** One screen of `top -b` (the last where there are several): load, tasks, processor shares, memory, swap, processes; of busybox too. */
export const top: Parser = {
  name: 'top',
  gives: ['load', 'uptimeSeconds', 'tasks', 'cpuPercent', 'memory', 'swap', 'processes'],
  recognises: argv => argv[0] === 'top',
  recognisesText: text => /^top - .*load average|^Mem: \d+K used, \d+K free, /m.test(text),
  parse,
}
