import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'

/** Looks a cell up by the title of its column. */
export type CellReader = (title: string) => number | undefined

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

const requestBytes = (at: CellReader, title: string): number | undefined => {
  const size = at(title)
  return size === undefined ? undefined : Math.round(size * 1024)
}

/** How busy a block device is, as iostat and sar print it, whatever unit stands in the titles. */
export const diskActivityOf = (name: string, at: CellReader): FactValue =>
  record({
    name,
    utilPercent: at('%util'),
    readsPerSecond: at('r/s'),
    writesPerSecond: at('w/s'),
    transfersPerSecond: at('tps'),
    readBytesPerSecond: bytesPerSecond(at, 'r'),
    writeBytesPerSecond: bytesPerSecond(at, 'w'),
    readMergesPerSecond: at('rrqm/s'),
    writeMergesPerSecond: at('wrqm/s'),
    readAwaitMs: at('r_await') ?? at('await'),
    writeAwaitMs: at('w_await') ?? at('await'),
    readRequestBytes: requestBytes(at, 'rareq-sz'),
    writeRequestBytes: requestBytes(at, 'wareq-sz'),
    queue: at('aqu-sz') ?? at('avgqu-sz'),
    serviceMs: at('svctm'),
  })
