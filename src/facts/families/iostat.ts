import { type Located, listFact, nothing, record } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import { parseNumber } from '../text/number.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

// Only the last report counts: the first shows the mean since boot.
const parse = ({ stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const header = lines.findLastIndex(line => /^Device:?\s+/.test(line.text))
  const titles =
    lines[header]?.text
      .trim()
      .replace(/^Device:/, 'Device')
      .split(/\s+/) ?? []
  if (header < 0 || !titles.includes('%util')) return nothing
  const rows: readonly Located<FactValue>[] = lines.slice(header + 1).flatMap(({ number, text }) => {
    const cells = text.trim().split(/\s+/)
    const at = (title: string): number | undefined => parseNumber(cells[titles.indexOf(title)])
    if (cells.length !== titles.length) return []
    const value = record({
      name: cells[0] ?? '',
      utilPercent: at('%util'),
      readAwaitMs: at('r_await') ?? at('await'),
      writeAwaitMs: at('w_await') ?? at('await'),
      queue: at('aqu-sz') ?? at('avgqu-sz'),
    })
    return [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('diskActivity', rows)
}

/** How busy block devices are: the last report of `iostat -x`. */
export const iostat: Parser = {
  name: 'iostat',
  gives: ['diskActivity'],
  recognises: argv => argv[0] === 'iostat',
  recognisesText: text => /^Device:?\s.*%util/m.test(text),
  parse,
}
