import type { Machine } from '../world/machine.ts'
import { buffersOf, memoryHolder, memoryOf } from './memory.ts'
import { inPages } from './page-sizes.ts'
import { processSums } from './process-sums.ts'
import { tableBytes } from './resident-memory.ts'

/** Of what the page cache holds, what slabs hold for it. */
const SLABS = 0.07
const MIB = 1024 ** 2

/** Of what is kept of files the part that was used not long ago. */
export const ACTIVE_FILES = 0.36

/** What the kernel's own stack of a thread takes, in bytes. */
export const STACK_BYTES = 16 * 1024

/** What the kernel tells of a machine's memory by the names of /proc/meminfo, in bytes of whole pages. */
export type KernelMemory = readonly (readonly [label: string, bytes: number])[]

const rowsOf = (asked: Machine): KernelMemory => {
  const machine = memoryHolder(asked)
  const memory = memoryOf(machine)
  const { total, free, available, cache, shared, swapTotal, swapUsed } = memory
  const buffers = buffersOf(memory)
  const slabs = cache * SLABS
  const files = cache - slabs - shared
  const { anonymousBytes: anon, threads } = processSums(machine)
  const written = swapTotal + total / 2
  return [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', available],
    ['Buffers', buffers],
    ['Cached', cache - buffers - slabs],
    ['SwapCached', 0],
    ['Active', shared + files * ACTIVE_FILES],
    ['Inactive', anon + files * (1 - ACTIVE_FILES)],
    ['Active(anon)', shared],
    ['Inactive(anon)', anon],
    ['Active(file)', files * ACTIVE_FILES],
    ['Inactive(file)', files * (1 - ACTIVE_FILES)],
    ['Unevictable', 22 * MIB],
    ['Mlocked', 19 * MIB],
    ['SwapTotal', swapTotal],
    ['SwapFree', swapTotal - swapUsed],
    ['Dirty', 1_140_000],
    ['Writeback', 0],
    ['AnonPages', anon],
    ['Mapped', Math.min(files, 380 * MIB)],
    ['Shmem', shared],
    ['KReclaimable', slabs],
    ['Slab', slabs + 96 * MIB],
    ['SReclaimable', slabs],
    ['SUnreclaim', 96 * MIB],
    ['KernelStack', threads * STACK_BYTES],
    ['PageTables', 5 * MIB + tableBytes(anon)],
    ['NFS_Unstable', 0],
    ['Bounce', 0],
    ['WritebackTmp', 0],
    ['CommitLimit', written],
    ['Committed_AS', anon * 2.4],
  ]
}

/** What a machine's kernel tells of memory, in the order of /proc/meminfo. */
export const kernelMemoryOf = (machine: Machine): KernelMemory =>
  rowsOf(machine).map(([label, bytes]) => [label, inPages(bytes)])
