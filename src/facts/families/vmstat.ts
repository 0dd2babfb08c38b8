import { hasOption, hasShort, optionValue } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { vmstatDiskSum } from './vmstat-disk-sum.ts'
import { vmstatDisks } from './vmstat-disks.ts'
import { vmstatTotals } from './vmstat-totals.ts'

type Column = { readonly name: string; readonly counts: 'plain' | 'sized' }

const plain = (name: string): Column => ({ name, counts: 'plain' })
const sized = (name: string): Column => ({ name, counts: 'sized' })

const columns: Readonly<Record<string, Column>> = {
  r: plain('runnable'),
  b: plain('blocked'),
  swpd: sized('swapUsed'),
  free: sized('free'),
  buff: sized('buffers'),
  cache: sized('cache'),
  inact: sized('inactive'),
  active: sized('active'),
  si: sized('swapInPerSecond'),
  so: sized('swapOutPerSecond'),
  bi: plain('blocksInPerSecond'),
  bo: plain('blocksOutPerSecond'),
  in: plain('interruptsPerSecond'),
  cs: plain('contextSwitchesPerSecond'),
  us: plain('userPercent'),
  sy: plain('systemPercent'),
  id: plain('idlePercent'),
  wa: plain('ioWaitPercent'),
  st: plain('stealPercent'),
  gu: plain('guestPercent'),
}

const units: Readonly<Record<string, number>> = { k: 1000, K: 1024, m: 1000 ** 2, M: 1024 ** 2 }

const unitOf = (argv: CommandWords): number => units[optionValue(argv, ['-S', '--unit']) ?? 'K'] ?? 1024

const usualTitles = 'r b swpd free buff cache si so bi bo in cs us sy id wa st'.split(' ')

const activeTitles = 'r b swpd free inact active si so bi bo in cs us sy id wa st'.split(' ')

const headerPattern = /^\s*r\s+b\s+swpd\s+\S+\s+\S+\s+\S+\s+si\s+so\s/
const rowPattern = /^\s*(?:\d+\s+){14,}\d/

// Some titles are translated; their places are the same in every language.
const columnOf = (title: string, usual: string | undefined): Column | undefined =>
  columns[title] ?? columns[title.toLowerCase()] ?? columns[usual ?? '']

const sampleOf = (titles: readonly string[], cells: readonly string[], argv: CommandWords) => {
  const usual = hasOption(argv, 'a', 'active') ? activeTitles : usualTitles
  return Object.fromEntries(
    titles.flatMap((title, index) => {
      const column = columnOf(title, usual[index])
      const cell = Number(cells[index])
      if (column === undefined || Number.isNaN(cell)) return []
      return [[column.name, column.counts === 'sized' ? cell * unitOf(argv) : cell]]
    }),
  )
}

// With -t each sample ends with its time, whose zone is the last title.
const timeOf = (text: string, zone: string | undefined): string | undefined =>
  parseInstant(`${/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.exec(text.trim())?.[0] ?? ''} ${zone ?? ''}`)

const samples = ({ argv, stdout }: ParserInput): Parsed => {
  const lines = linesOf(stdout)
  const header = lines.find(({ text }) => headerPattern.test(text))
  const titles =
    header?.text.trim().split(/\s+/) ?? (hasOption(argv, 'a', 'active') ? activeTitles : usualTitles)
  const rows: readonly Located<FactValue>[] = lines
    .filter(({ text }) => rowPattern.test(text))
    .map(({ number, text }, index) => {
      // A sample that a filter left without its header need not be the first.
      const sinceBoot = index === 0 && header !== undefined && !hasShort(argv, 'y') ? true : undefined
      const sample = sampleOf(titles, text.trim().split(/\s+/), argv)
      const time = timeOf(text, titles.at(-1))
      return { line: number, value: record({ ...sample, time, sinceBoot }) }
    })
  return rows.length === 0 ? nothing : listFact('activity', rows)
}

const isTotals = (text: string): boolean => /^ *\d+ K total memory\n *\d+ K used memory$/m.test(text)

const isDiskTotals = (text: string): boolean => /^disk- -+reads-+ -+writes-+ -+IO-+/m.test(text)

const parse = (input: ParserInput): Parsed => {
  const { argv, stdout } = input
  const isKnown = argv.length > 0
  if (hasOption(argv, 's', 'stats') || (!isKnown && isTotals(stdout))) return vmstatTotals(input)
  if (hasOption(argv, 'd', 'disk') || (!isKnown && isDiskTotals(stdout))) return vmstatDisks(stdout)
  if (hasOption(argv, 'D', 'disk-sum')) return vmstatDiskSum(stdout)
  const isOther = hasOption(argv, 'm', 'slabs') || hasOption(argv, 'p', 'partition')
  return isOther ? nothing : samples(input)
}

/** Run queue, memory, swapping and processor time: `vmstat` with an interval, -w, -t, -a, -S; memory and swap with -s, disks with -d, all of them together with -D. The first sample is the mean since boot. */
export const vmstat: Parser = {
  name: 'vmstat',
  gives: ['activity', 'memory', 'swap', 'diskTotals', 'diskSum', 'bootedAt'],
  recognises: argv => argv[0] === 'vmstat',
  recognisesText: text =>
    linesOf(text).some(line => headerPattern.test(line.text)) || isDiskTotals(text) || isTotals(text),
  parse,
}
