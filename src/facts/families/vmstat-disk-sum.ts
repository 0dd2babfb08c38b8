import { nothing, record, singleFact } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { Parsed } from '../types.ts'

const SECTOR = 512

const titles: Readonly<Record<string, { readonly name: string; readonly times: number }>> = {
  disks: { name: 'disks', times: 1 },
  partitions: { name: 'partitions', times: 1 },
  'total reads': { name: 'reads', times: 1 },
  'merged reads': { name: 'readMerges', times: 1 },
  'read sectors': { name: 'readBytes', times: SECTOR },
  'milli reading': { name: 'readMs', times: 1 },
  writes: { name: 'writes', times: 1 },
  'merged writes': { name: 'writeMerges', times: 1 },
  'written sectors': { name: 'writtenBytes', times: SECTOR },
  'milli writing': { name: 'writeMs', times: 1 },
  'inprogress IO': { name: 'inFlight', times: 1 },
  'milli spent IO': { name: 'busyMs', times: 1 },
  'milli weighted IO': { name: 'waitedMs', times: 1 },
}

const rowPattern = /^\s*(\d+) (\w[\w ]*\w)\s*$/

/** What all disks together have done since the machine started, out of `vmstat -D`; the kernel's sectors are of 512 bytes. */
export const vmstatDiskSum = (stdout: string): Parsed => {
  const rows = linesOf(stdout).flatMap(({ number, text }) => {
    const [, figure, title = ''] = rowPattern.exec(text) ?? []
    const column = titles[title]
    return column === undefined ? [] : [{ number, name: column.name, value: Number(figure) * column.times }]
  })
  const [first] = rows
  if (first === undefined) return nothing
  const value = record(Object.fromEntries(rows.map(({ name, value }) => [name, value])))
  return singleFact('diskSum', { line: first.number, value })
}
