import { hasShort } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { extendedTitles } from './iostat-columns.ts'
import { listAt, numberAt, parseJson, textAt } from './json-value.ts'

type CellReader = (title: string) => number | undefined

const rateUnits: readonly (readonly [string, number])[] = [
  ['kB/s', 1024],
  ['MB/s', 1024 ** 2],
  ['sec/s', 512],
]

const plainRates: readonly (readonly [string, number])[] = [
  ['kB', 1024],
  ['MB', 1024 ** 2],
  ['Blk', 512],
]

const bytesPerSecond = (at: CellReader, letter: 'r' | 'w'): number | undefined => {
  const word = letter === 'r' ? 'read' : 'wrtn'
  const titles = [
    ...rateUnits.map(([unit, bytes]) => [letter + unit, bytes] as const),
    ...plainRates.map(([unit, bytes]) => [`${unit}_${word}/s`, bytes] as const),
  ]
  const [title, bytes] = titles.find(([name]) => at(name) !== undefined) ?? []
  const rate = title === undefined ? undefined : at(title)
  return rate === undefined ? undefined : Math.round(rate * (bytes ?? 1))
}

const deviceOf = (name: string, at: CellReader): FactValue =>
  record({
    name,
    utilPercent: at('%util'),
    readsPerSecond: at('r/s'),
    writesPerSecond: at('w/s'),
    transfersPerSecond: at('tps'),
    readBytesPerSecond: bytesPerSecond(at, 'r'),
    writeBytesPerSecond: bytesPerSecond(at, 'w'),
    readAwaitMs: at('r_await') ?? at('await'),
    writeAwaitMs: at('w_await') ?? at('await'),
    queue: at('aqu-sz') ?? at('avgqu-sz'),
  })

const headerPattern = /^Device:?\s+(?:.*\s)?(?:tps|r\/s)\s/

const titlesOf = (text: string): readonly string[] =>
  text
    .trim()
    .replace(/^Device:/, 'Device')
    .split(/\s+/)

const isRow = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.slice(1).every(cell => parseNumber(cell) !== undefined)

// A later report takes the place of an earlier one, row by row, so a report that was cut off loses nothing.
const devicesOf = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const rows = new Map<string, Located<FactValue>>()
  const headless = hasShort(argv, 'x') && !lines.some(({ text }) => headerPattern.test(text))
  let titles: readonly string[] = []
  for (const { number, text } of lines) {
    const cells = text.trim().split(/\s+/)
    const [name = ''] = cells
    if (headless && isRow(cells)) titles = extendedTitles(cells)
    if (headerPattern.test(text)) titles = titlesOf(text)
    else if (/^avg-cpu/.test(text)) titles = []
    else if (titles.length > 0 && cells.length === titles.length && isRow(cells))
      rows.set(name, {
        line: number,
        value: deviceOf(name, title => parseNumber(cells[titles.indexOf(title)])),
      })
  }
  return [...rows.values()]
}

const cpuOf = (lines: readonly TextLine[]): Parsed => {
  const header = lines.findLastIndex(
    ({ text }, index) => /^avg-cpu:/.test(text) && /^\s+[\d.,]+\s/.test(lines[index + 1]?.text ?? ''),
  )
  const row = lines[header + 1]
  if (header < 0 || row === undefined) return nothing
  const [user, nice, system, ioWait, steal, idle] = row.text.trim().split(/\s+/).map(parseNumber)
  return singleFact('cpuPercent', {
    line: row.number,
    value: record({ user, system, nice, idle, ioWait, steal }),
  })
}

const statistics = (stdout: string): unknown =>
  listAt(listAt(parseJson(stdout), 'sysstat', 'hosts').at(-1), 'statistics').at(-1)

// The same titles as in the table, but `util` for `%util`.
const fromJson = (stdout: string): Parsed => {
  const report = statistics(stdout)
  const devices = listAt(report, 'disk').map(disk => ({
    line: 1,
    value: deviceOf(textAt(disk, 'disk_device') ?? '', title => numberAt(disk, title.replace('%', ''))),
  }))
  const cpu = (name: string): number | undefined => numberAt(report, 'avg-cpu', name)
  const shares = { user: cpu('user'), system: cpu('system'), nice: cpu('nice'), idle: cpu('idle') }
  const value = record({ ...shares, ioWait: cpu('iowait'), steal: cpu('steal') })
  return combine([
    devices.length === 0 ? nothing : listFact('diskActivity', devices),
    shares.idle === undefined ? nothing : singleFact('cpuPercent', { line: 1, value }),
  ])
}

const parse = ({ argv, stdout }: ParserInput): Parsed => {
  if (stdout.trimStart().startsWith('{')) return fromJson(stdout)
  const lines = linesOf(stdout)
  const devices = devicesOf(lines, argv)
  return combine([devices.length === 0 ? nothing : listFact('diskActivity', devices), cpuOf(lines)])
}

/** How busy block devices and processors are: the last report of `iostat`, plain, -x, -m, -o JSON, of sysstat old and new. */
export const iostat: Parser = {
  name: 'iostat',
  gives: ['diskActivity', 'cpuPercent'],
  recognises: argv => argv[0] === 'iostat',
  recognisesText: text => /^Device:?\s.*(?:%util|\stps\s)/m.test(text),
  parse,
}
