import type { BlockDevice, FreeProcess, Machine } from '../world/machine.ts'
import { filesystemOf } from './filesystem-of.ts'
import { isStopped } from './stopped.ts'

/** How busy a disk is: percent of the time, and milliseconds that a request waits. */
export type DiskLoad = { readonly utilPercent: number; readonly awaitMs: number }

const HARDLY: DiskLoad = { utilPercent: 0, awaitMs: 0 }

/** The disk below the filesystem that holds a path. */
export const diskBelow = (machine: Machine, path: string): BlockDevice | undefined => {
  const { device = '' } = filesystemOf(machine, path) ?? {}
  const block = machine.devices.find(({ name }) => device.endsWith(name))
  return machine.devices.find(({ name }) => name === block?.parent) ?? block
}

const loadBy = (machine: Machine, disk: BlockDevice, { pid, disk: use }: FreeProcess): DiskLoad =>
  use === undefined || isStopped(machine, pid) || diskBelow(machine, use.folder)?.name !== disk.name
    ? HARDLY
    : use

/** How busy a disk is now: by itself, or by a process that writes to it without pause. */
export const diskLoadOf = (machine: Machine, disk: BlockDevice): DiskLoad => {
  const loads = [disk, ...machine.processes.map(process => loadBy(machine, disk, process))]
  return {
    utilPercent: Math.max(...loads.map(({ utilPercent }) => utilPercent)),
    awaitMs: Math.max(...loads.map(({ awaitMs }) => awaitMs)),
  }
}

/** The disks of a machine with their load. */
export const busyDisksOf = (machine: Machine): readonly (DiskLoad & { readonly name: string })[] =>
  machine.devices
    .filter(({ kind }) => kind === 'disk')
    .map(disk => ({ name: disk.name, ...diskLoadOf(machine, disk) }))

/** From how many percent of the time on a disk counts as busy all the time. */
const SATURATED_PERCENT = 90

/** Whether a disk is busy all the time. */
export const isSaturated = ({ utilPercent }: DiskLoad): boolean => utilPercent >= SATURATED_PERCENT

/** Whether a process waits for the disk that it writes to without pause. */
export const waitsForDisk = (machine: Machine, { pid, disk: use }: FreeProcess): boolean => {
  if (use === undefined || isStopped(machine, pid)) return false
  const disk = diskBelow(machine, use.folder)
  return disk !== undefined && isSaturated(diskLoadOf(machine, disk))
}
