import { buffersOf, hugePagesOf, inPages, memoryHolder, memoryOf } from '../relations/memory.ts'
import { processSums } from '../relations/process-sums.ts'
import type { Stalled } from '../relations/stalls.ts'
import type { Machine } from '../world/machine.ts'
import type { Viewpoint } from './views.ts'

/** Of what the page cache holds, what slabs hold for it. */
const SLABS = 0.07
const MIB = 1024 ** 2

type Rows = readonly (readonly [label: string, bytes: number])[]

const anonymous = (machine: Machine): number => processSums(machine).memoryBytes * 0.85

const memoryRows = (asked: Machine): Rows => {
  const machine = memoryHolder(asked)
  const memory = memoryOf(machine)
  const { total, free, available, cache, shared, swapTotal, swapUsed } = memory
  const buffers = buffersOf(memory)
  const slabs = cache * SLABS
  const files = cache - slabs - shared
  const anon = anonymous(machine)
  const written = swapTotal + total / 2
  return [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', available],
    ['Buffers', buffers],
    ['Cached', cache - buffers - slabs],
    ['SwapCached', 0],
    ['Active', shared + files * 0.36],
    ['Inactive', anon + files * 0.64],
    ['Active(anon)', shared],
    ['Inactive(anon)', anon],
    ['Active(file)', files * 0.36],
    ['Inactive(file)', files * 0.64],
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
    ['KernelStack', processSums(machine).threads * 16 * 1024],
    ['PageTables', anon / 120],
    ['NFS_Unstable', 0],
    ['Bounce', 0],
    ['WritebackTmp', 0],
    ['CommitLimit', written],
    ['Committed_AS', anon * 2.4],
  ]
}

/** /proc/meminfo, see proc(5): the kernel counts in pages. */
export const memoryInfo = ({ machine }: Viewpoint): string =>
  sizeLines(memoryRows(machine).map(([label, bytes]) => [label, inPages(bytes)])) +
  hugeLines(hugePagesOf(machine))

const HUGE_BYTES = 2 * MIB

const hugeLines = (pages: number): string => {
  const counts = { Total: pages, Free: pages, Rsvd: 0, Surp: 0 }
  const lines = Object.entries(counts).map(
    ([label, count]) => `${`HugePages_${label}:`.padEnd(16)}${String(count).padStart(8)}\n`,
  )
  const sizes = sizeLines([
    ['Hugepagesize', HUGE_BYTES],
    ['Hugetlb', pages * HUGE_BYTES],
  ])
  return lines.join('') + sizes
}

const sizeLines = (rows: Rows): string =>
  rows
    .map(([label, bytes]) => `${`${label}:`.padEnd(16)}${String(Math.round(bytes / 1024)).padStart(8)} kB\n`)
    .join('')

const KILLED = /^(?:Memory cgroup o|O)ut of memory: Killed process /

/** /proc/vmstat: of the kernel's counters those that tell of memory, in pages and times since the boot. */
export const memoryCounters = ({ machine, world }: Viewpoint): string => {
  const { free, cache, shared } = memoryOf(machine)
  const pages = (bytes: number): number => Math.round(bytes / 4096)
  const seconds = Math.round((world.nowMs - machine.bootedMs) / 1000)
  const faults = seconds * 2_140
  const kills = machine.kernelRing.filter(({ message }) => KILLED.test(message)).length
  const counters: readonly (readonly [string, number])[] = [
    ['nr_free_pages', pages(free)],
    ['nr_inactive_anon', pages(anonymous(machine))],
    ['nr_active_anon', pages(shared)],
    ['nr_file_pages', pages(cache)],
    ['nr_dirty', pages(1_140_000)],
    ['nr_writeback', 0],
    ['nr_shmem', pages(shared)],
    ['pgpgin', seconds * 14],
    ['pgpgout', seconds * 166],
    ['pswpin', 0],
    ['pswpout', 0],
    ['pgfault', faults],
    ['pgmajfault', Math.round(faults / 9_000)],
    ['oom_kill', kills],
  ]
  return counters.map(([name, value]) => `${name} ${value}\n`).join('')
}

/** A file of /proc/pressure, see the kernel's accounting of stalls; all processes at once wait a third of the time that some do. */
export const stallText = ({ stalls }: Machine, what: Stalled): string => {
  const { averages = [0, 0, 0], totalUs = 0 } = stalls?.[what] ?? {}
  const line = (label: string, share: number): string => {
    const [ten = 0, sixty = 0, more = 0] = averages.map(value => (value * share).toFixed(2))
    return `${label} avg10=${ten} avg60=${sixty} avg300=${more} total=${Math.round(totalUs * share)}\n`
  }
  return line('some', 1) + line('full', what === 'cpu' ? 0 : 1 / 3)
}
