import type { Machine } from '../world/machine.ts'
import { filesystemUses } from './filesystem-use.ts'
import { inPages } from './page-sizes.ts'
import { processSums } from './process-sums.ts'

/** How a machine's memory is used, in bytes, as free(1) and /proc/meminfo tell it. */
export type MemoryUse = {
  readonly total: number
  readonly used: number
  readonly free: number
  readonly shared: number
  readonly cache: number
  readonly available: number
  readonly swapTotal: number
  readonly swapUsed: number
}

const MIB = 1024 ** 2
const KERNEL_BYTES = 310 * MIB
const USUAL_CACHE = 0.42
const LEAST_FREE = 0.02

const HUGE_BYTES = 2 * MIB
const MOST_HUGE = 0.9

/** The large pages of 2 MiB that a machine keeps apart: as many as were asked for, where there is room. */
export const hugePagesOf = ({ sysctls, memoryBytes }: Machine): number =>
  Math.min(Number(sysctls.get('vm.nr_hugepages') ?? 0), Math.floor((memoryBytes * MOST_HUGE) / HUGE_BYTES))

/** What files on filesystems without a disk hold; only who removes them gives it back. */
const sharedMemory = (machine: Machine): number =>
  [...filesystemUses(machine)]
    .filter(([{ type }]) => type === 'tmpfs')
    .reduce((sum, [, { usedBytes }]) => sum + usedBytes, 0)

/** What is wanted of memory: resident bytes of all processes, the kernel's own, large pages, and files that lie in it. */
export const wantedMemory = (machine: Machine): number =>
  processSums(machine).memoryBytes + KERNEL_BYTES + hugePagesOf(machine) * HUGE_BYTES + sharedMemory(machine)

const mostUsed = ({ memoryBytes }: Machine): number => memoryBytes * (1 - LEAST_FREE)

/** What the page cache takes of the memory that processes leave, once it has read enough. */
export const cacheRoom = (machine: Machine): number => {
  const { memoryBytes } = machine
  const left = memoryBytes - Math.min(wantedMemory(machine), mostUsed(machine))
  return Math.min(left * 0.8, memoryBytes * USUAL_CACHE)
}

const BUFFERS = 0.06

/** Of what the page cache holds, the blocks of devices. */
export const buffersOf = ({ cache }: MemoryUse): number => inPages(cache * BUFFERS)

/** The machine whose memory one sees: a container that of what carries it. */
export const memoryHolder = (machine: Machine): Machine => machine.inside?.carrier ?? machine

/** How full memory and swap are, in whole pages. What is wanted beyond memory goes to swap; the page cache takes part of what is left. */
export const memoryOf = (asked: Machine): MemoryUse => {
  const machine = memoryHolder(asked)
  const total = machine.memoryBytes
  const swapTotal = machine.swap.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const wanted = wantedMemory(machine)
  const shared = inPages(sharedMemory(machine))
  const most = mostUsed(machine)
  const used = inPages(Math.max(0, Math.min(wanted, most) - shared))
  const swapUsed = Math.min(
    swapTotal,
    Math.max(0, wanted - most) + machine.swap.reduce((sum, s) => sum + s.usedBytes, 0),
  )
  const cache = inPages(
    Math.min(cacheRoom(machine), machine.pageCacheBytes ?? Number.POSITIVE_INFINITY) + shared,
  )
  const free = Math.max(0, total - used - cache)
  return {
    total,
    used,
    free,
    shared,
    cache,
    available: free + inPages((cache - shared) * 0.94),
    swapTotal,
    swapUsed,
  }
}
