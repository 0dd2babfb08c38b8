import { diskBelow, diskLoadOf } from '../../relations/disk-load.ts'
import type { Machine } from '../../world/machine.ts'

/** What is copied: where to, how much in how large blocks, and dd's words on how. */
export type Copy = {
  readonly path: string
  readonly bytes: number
  readonly block: number
  readonly flags: string
}

/** What a disk takes of blocks that may wait in memory. */
const BYTES_A_MS = 4.1e5

/** How often a copy waits until the disk has what was written: for each block, at the end, or not at all. */
const waitsOf = ({ bytes, block, flags }: Copy): number => {
  if (bytes === 0) return 0
  if (/\b(d?sync|direct)\b/.test(flags)) return Math.ceil(bytes / block)
  return /\b(fsync|fdatasync)\b/.test(flags) ? 1 : 0
}

/** How many milliseconds a copy takes. */
export const copyMs = (machine: Machine, copy: Copy): number => {
  const disk = diskBelow(machine, copy.path)
  const { awaitMs } = disk === undefined ? { awaitMs: 0 } : diskLoadOf(machine, disk)
  return Math.max(0.4, copy.bytes / BYTES_A_MS + waitsOf(copy) * awaitMs)
}

/** A number in the unit that leaves it below the next one: as human_readable() of coreutils, its digits from `exactBelow` on rounded. */
const scaled = (
  value: number,
  {
    step,
    units,
    exactBelow,
  }: { readonly step: number; readonly units: readonly string[]; readonly exactBelow: number },
): string => {
  const at = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(step))),
  )
  const inUnit = value / step ** at
  return `${inUnit.toFixed(inUnit < exactBelow && at > 0 ? 1 : 0)} ${units[at]}`
}

const metric = ['B', 'kB', 'MB', 'GB', 'TB']
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** The last line of dd: how much, in how long, how fast. Before release 8.25, as on CentOS 7, without the binary units. */
export const copyTotals = ({ os }: Machine, bytes: number, tookMs: number): string => {
  const seconds = tookMs / 1000
  const sizes = [
    ...(bytes >= 1000 ? [scaled(bytes, { step: 1000, units: metric, exactBelow: 10 })] : []),
    ...(bytes >= 1024 && os.id !== 'centos'
      ? [scaled(bytes, { step: 1024, units: binary, exactBelow: 10 })]
      : []),
  ]
  const rate =
    bytes === 0 ? '0.0 kB/s' : `${scaled(bytes / seconds, { step: 1000, units: metric, exactBelow: 100 })}/s`
  return `${bytes} bytes${sizes.length > 0 ? ` (${sizes.join(', ')})` : ''} copied, ${Number(seconds.toPrecision(6))} s, ${rate}`
}
