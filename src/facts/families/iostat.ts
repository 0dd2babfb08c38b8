import { hasShort } from '../command/options.ts'
import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import { parseSize } from '../text/size.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { diskActivityOf } from './disk-activity.ts'
import { extendedTitles } from './iostat-columns.ts'
import { listAt, numberAt, parseJson, textAt } from './json-value.ts'

const isHeader = (text: string): boolean =>
  /^(?:Device|\s)/.test(text) && /\s(?:tps|[rwdf]\/s|aqu-sz)\s/.test(` ${text}`)

const titlesOf = (text: string): readonly string[] =>
  text
    .trim()
    .replace(/^Device:/, 'Device')
    .split(/\s+/)

// With --human cells carry a unit of their own: `2.2M` below `rkB/s` is in KiB times 1024, `17.8%` is a percent.
const cellValue = (cell: string | undefined): number | undefined => {
  const plain = parseNumber(cell?.replace(/%$/, ''))
  if (plain !== undefined || cell === undefined || !/^[\d.,]+[kMGT]$/.test(cell)) return plain
  const bytes = parseSize(cell)
  return bytes === undefined ? undefined : bytes / 1024
}

const isRow = (titles: readonly string[], cells: readonly string[]): boolean =>
  cells.length > 1 &&
  cells.length === titles.length &&
  cells.every((cell, index) => titles[index] === 'Device' || cellValue(cell) !== undefined)

// A later report takes the place of an earlier one, row by row, so a report that was cut off loses nothing. `-h` spreads the figures
// of a device over several tables.
const devicesOf = (lines: readonly TextLine[], argv: CommandWords): readonly Located<FactValue>[] => {
  const rows = new Map<string, Located<FactValue>>()
  const headless = hasShort(argv, 'x') && !lines.some(({ text }) => isHeader(text))
  let titles: readonly string[] = []
  for (const { number, text } of lines) {
    const cells = text.trim().split(/\s+/)
    if (headless && cells.slice(1).every(cell => parseNumber(cell) !== undefined))
      titles = extendedTitles(cells)
    if (isHeader(text)) titles = titlesOf(text)
    else if (/^avg-cpu/.test(text)) titles = []
    else if (isRow(titles, cells)) {
      const name = cells[titles.indexOf('Device')] ?? ''
      const value = diskActivityOf(name, title => cellValue(cells[titles.indexOf(title)]))
      const before = titles[0] === 'Device' ? {} : (rows.get(name)?.value as object | undefined)
      rows.set(name, { line: number, value: { ...before, ...(value as object) } as FactValue })
    }
  }
  return [...rows.values()]
}

const cpuOf = (lines: readonly TextLine[]): Parsed => {
  const header = lines.findLastIndex(
    ({ text }, index) => /^avg-cpu:/.test(text) && /^\s+[\d.,]+%?\s/.test(lines[index + 1]?.text ?? ''),
  )
  const row = lines[header + 1]
  if (header < 0 || row === undefined) return nothing
  const [user, nice, system, ioWait, steal, idle] = row.text.trim().split(/\s+/).map(cellValue)
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
    value: diskActivityOf(textAt(disk, 'disk_device') ?? '', title => numberAt(disk, title.replace('%', ''))),
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

/** How busy block devices and processors are: the last report of `iostat`, plain, -x, -m, -h, -o JSON, of sysstat old and new. */
export const iostat: Parser = {
  name: 'iostat',
  gives: ['diskActivity', 'cpuPercent'],
  recognises: argv => argv[0] === 'iostat',
  recognisesText: text =>
    /^Device:?\s.*(?:%util|\stps\s)|^avg-cpu:\s+%user\s/m.test(text) ||
    /^\s*\{\s*"sysstat"\s*:[\s\S]{0,400}"avg-cpu"/.test(text),
  parse,
}
