import type { Filesystem, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { inStep } from './in-step.ts'
import { wantedMemory } from './memory.ts'
import { amountOf, memoryCapacity, thresholdsOf } from './node-thresholds.ts'
import { freeThreads, mostThreads } from './threads.ts'

/** Something of which too little is left: how a kubelet calls it, how much must be left, and how much is. */
export type Shortage = { readonly resource: string; readonly least: string; readonly available: string }

/** What a kubelet finds short on its machine. */
export type Pressures = {
  readonly memory: boolean
  readonly disk: boolean
  readonly pid: boolean
  /** What it tells of the shortage for which it would evict now. */
  readonly shortage: Shortage | undefined
}

const PID_LEAST = 0.1
const KIB = 1024

/** The memory that a machine has left: what its processes and its kernel have not taken. */
export const freeMemoryOf = (machine: Machine): number => machine.memoryBytes - wantedMemory(machine)

const kibText = (bytes: number): string => `${Math.max(0, Math.floor(bytes / KIB))}Ki`

const freeOf = (
  machine: Machine,
  filesystem: Filesystem,
): { readonly bytes: number; readonly inodes: number } => {
  const { usedBytes, usedInodes } = filesystemUse(machine, filesystem)
  return {
    bytes: filesystem.sizeBytes - filesystem.reservedBytes - usedBytes,
    inodes: filesystem.inodes - usedInodes,
  }
}

const folders = [
  ['/var/lib/kubelet', 'nodefs'],
  ['/var/lib/containerd', 'imagefs'],
] as const

const diskShortage = (host: Machine, thresholds: Readonly<Record<string, string>>): Shortage | undefined => {
  const seen = folders.flatMap(([path, name]) => {
    const filesystem = filesystemOf(host, path)
    return filesystem === undefined ? [] : [{ name, filesystem, free: freeOf(host, filesystem) }]
  })
  for (const { name, filesystem, free } of seen) {
    const given = thresholds[`${name}.available`]
    const least = amountOf(given, filesystem.sizeBytes)
    if (free.bytes < least)
      return {
        resource: 'ephemeral-storage',
        least: given?.endsWith('%') === true ? String(Math.floor(least)) : (given ?? ''),
        available: kibText(free.bytes),
      }
  }
  for (const { name, filesystem, free } of seen) {
    if (name !== 'nodefs' || filesystem.inodes === 0) continue
    const least = amountOf(thresholds[`${name}.inodesFree`], filesystem.inodes)
    if (free.inodes < least)
      return { resource: 'inodes', least: String(Math.floor(least)), available: String(free.inodes) }
  }
  return undefined
}

const memoryShortage = (host: Machine, threshold: string | undefined): Shortage | undefined => {
  const freeBytes = freeMemoryOf(host)
  const least = amountOf(threshold, memoryCapacity(host))
  if (freeBytes >= least) return undefined
  const isShare = threshold?.endsWith('%') === true
  return {
    resource: 'memory',
    least: isShare ? String(Math.floor(least)) : (threshold ?? ''),
    available: kibText(freeBytes),
  }
}

const pidShortage = (host: Machine): Shortage | undefined => {
  const free = freeThreads(host)
  const least = mostThreads(host) * PID_LEAST
  return free >= least
    ? undefined
    : {
        resource: 'pids',
        least: String(Math.floor(least)),
        available: String(free),
      }
}

/** What is short on a machine now. */
export const nodePressures = (world: World, host: Machine): Pressures =>
  inStep(world, `pressures/${host.name}`, () => measure(host))

const measure = (host: Machine): Pressures => {
  const thresholds = thresholdsOf(host.planet ?? host)
  const memory = memoryShortage(host, thresholds['memory.available'])
  const disk = diskShortage(host, thresholds)
  const pid = pidShortage(host)
  return {
    memory: memory !== undefined,
    disk: disk !== undefined,
    pid: pid !== undefined,
    shortage: memory ?? disk ?? pid,
  }
}
