import type { BlockDevice, Machine } from '../world/machine.ts'
import { type DiskLoad, diskBelow, diskLoadOf } from './disk-load.ts'
import type { Process } from './process.ts'
import { isStopped } from './stopped.ts'

/** What a disk does each second: writes, and how much is read and written, in KiB. */
export type DiskTraffic = { readonly writes: number; readonly readKib: number; readonly writtenKib: number }

const WRITES_A_PERCENT = 4.1
const KIB_A_WRITE = 12.4
const READ_KIB = 9.8

/** What a disk does each second at a load. */
export const trafficOf = ({ utilPercent }: Pick<DiskLoad, 'utilPercent'>): DiskTraffic => {
  const writes = utilPercent * WRITES_A_PERCENT
  return { writes, readKib: READ_KIB, writtenKib: writes * KIB_A_WRITE }
}

/** What one process does to a disk: KiB that it writes each second, and the percent of the time that it waits for it. */
export type DiskUse = { readonly writtenKib: number; readonly waitPercent: number }

const NONE: DiskUse = { writtenKib: 0, waitPercent: 0 }

/** Of what a machine's services write, the shares of those that never cease to; the rest goes through the journal of the filesystem. */
const steady: Readonly<Record<string, { readonly folder: string; readonly share: number }>> = {
  etcd: { folder: '/var/lib', share: 0.6 },
  'systemd-journal': { folder: '/var/log', share: 0.1 },
}

const shareOf = (disk: BlockDevice, load: DiskLoad, share: number): DiskUse => ({
  writtenKib: trafficOf(disk).writtenKib * share,
  waitPercent: load.utilPercent * share,
})

/** The part of a disk whose journal is written, by the thread of the kernel that does so. */
const journalled = ({ devices }: Machine, thread: string): BlockDevice | undefined => {
  const part = devices.find(({ name }) => thread === `jbd2/${name}-8`)
  const last = devices.findLast(({ parent }) => parent === part?.parent)
  return part === last ? devices.find(({ name }) => name === part?.parent) : undefined
}

/** What a process does to its disk. A process that writes without pause does what the services leave. */
export const diskUseOf = (machine: Machine, { pid, name, kind, free }: Process): DiskUse => {
  if (isStopped(machine, pid)) return NONE
  const place = kind === 'kernel' ? undefined : steady[name]
  const folder = free?.disk?.folder ?? place?.folder
  const disk = folder === undefined ? journalled(machine, name) : diskBelow(machine, folder)
  if (disk === undefined) return NONE
  const load = diskLoadOf(machine, disk)
  if (free?.disk !== undefined)
    return {
      writtenKib: Math.max(0, trafficOf(load).writtenKib - trafficOf(disk).writtenKib),
      waitPercent: load.utilPercent,
    }
  const others = Object.values(steady).reduce((sum, { share }) => sum + share, 0)
  return shareOf(disk, load, place?.share ?? 1 - others)
}
