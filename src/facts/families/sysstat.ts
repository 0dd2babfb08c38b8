import { combine, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { type CellReader, diskActivityOf } from './disk-activity.ts'

// `sar -p` puts the names of devices last.
const header = /^(?:Average:|[\d:]{8}(?: [AP]M)?)\s+(?:(CPU|DEV)\s+(.*%.*)|(.*%\S+)\s+(DEV))$/

const sharesOf = (at: CellReader): FactValue =>
  record({
    user: at('%user') ?? at('%usr'),
    system: at('%system') ?? at('%sys'),
    nice: at('%nice'),
    idle: at('%idle'),
    ioWait: at('%iowait'),
    steal: at('%steal'),
  })

type Table = { readonly kind: string; readonly titles: readonly string[]; readonly isNamedLast: boolean }

type Row = { readonly kind: string; readonly name: string; readonly line: number; readonly at: CellReader }

// The time in front is one word or two, so a row is read from its end. The averages stand last.
const rowsOf = (stdout: string): readonly Row[] => {
  let table: Table = { kind: '', titles: [], isNamedLast: false }
  return linesOf(stdout).flatMap(({ number, text }) => {
    const found = header.exec(text)
    if (found !== null) {
      const [, kind, after = '', before, lastKind] = found
      const titles = (before ?? after).trim().split(/\s+/)
      table = { kind: kind ?? lastKind ?? '', titles, isNamedLast: before !== undefined }
      return []
    }
    const { kind, titles, isNamedLast } = table
    const words = text.trim().split(/\s+/)
    const last = isNamedLast ? words.pop() : undefined
    const values = words.slice(-titles.length).map(cell => parseNumber(cell))
    const name = last ?? words.at(-titles.length - 1)
    if (titles.length === 0 || name === undefined || values.includes(undefined)) return []
    return [{ kind, name, line: number, at: (title: string) => values[titles.indexOf(title)] }]
  })
}

const parse = ({ stdout }: ParserInput): Parsed => {
  const rows = rowsOf(stdout)
  const processors = rows.findLast(row => row.kind === 'CPU' && row.name === 'all')
  const newest = new Map(rows.filter(row => row.kind === 'DEV').map(row => [row.name, row]))
  const devices: readonly Located<FactValue>[] = [...newest.values()].map(({ name, line, at }) => ({
    line,
    value: diskActivityOf(name, at),
  }))
  return combine([
    devices.length === 0 ? nothing : listFact('diskActivity', devices),
    processors === undefined
      ? nothing
      : singleFact('cpuPercent', { line: processors.line, value: sharesOf(processors.at) }),
  ])
}

/** How busy processors and block devices are: the averages of `mpstat` and of `sar -u` and `sar -d` (with -p too), else their newest samples. */
export const sysstat: Parser = {
  name: 'sysstat',
  gives: ['cpuPercent', 'diskActivity'],
  recognises: argv => argv[0] === 'mpstat' || argv[0] === 'sar',
  recognisesText: text => /^[\d:]{8}(?: [AP]M)?\s+(?:CPU\s+%us|DEV\s+tps\s|tps\s.*%util\s+DEV$)/m.test(text),
  parse,
}
