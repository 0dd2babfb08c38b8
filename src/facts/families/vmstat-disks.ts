import { listFact, nothing } from '../parsed.ts'
import { linesOf } from '../text/lines.ts'
import type { FactValue, Parsed } from '../types.ts'

const SECTOR = 512

const diskOf = (text: string): FactValue | undefined => {
  const [name, ...cells] = text.trim().split(/\s+/)
  const figures = cells.map(Number)
  if (name === undefined || figures.length !== 10 || figures.some(Number.isNaN)) return undefined
  const [reads = 0, readMerges = 0, readSectors = 0, readMs = 0, ...rest] = figures
  const [writes = 0, writeMerges = 0, writtenSectors = 0, writeMs = 0, inFlight = 0, busySeconds = 0] = rest
  return {
    name,
    reads,
    readMerges,
    readBytes: readSectors * SECTOR,
    readMs,
    writes,
    writeMerges,
    writtenBytes: writtenSectors * SECTOR,
    writeMs,
    inFlight,
    busySeconds,
  }
}

/** What disks have done since the machine started, out of `vmstat -d`; the kernel's sectors are of 512 bytes. */
export const vmstatDisks = (stdout: string): Parsed => {
  const rows = linesOf(stdout).flatMap(({ number, text }) => {
    const value = diskOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('diskTotals', rows)
}
