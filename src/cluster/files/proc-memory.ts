import { kernelMemoryOf } from '../relations/kernel-memory.ts'
import { hugePagesOf } from '../relations/memory.ts'
import { pagesFor } from '../relations/page-sizes.ts'
import { pageFaultsOf, pageStalls, pagingRates, SCANNED, TAKEN } from '../relations/paging.ts'
import type { Stalled } from '../relations/stalls.ts'
import type { Machine } from '../world/machine.ts'
import { sizeLines } from './size-lines.ts'
import type { Viewpoint } from './views.ts'

const MIB = 1024 ** 2

/** /proc/meminfo, see proc(5): the kernel counts in pages. */
export const memoryInfo = ({ machine }: Viewpoint): string =>
  sizeLines(kernelMemoryOf(machine)) + hugeLines(hugePagesOf(machine))

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

const KILLED = /^(?:Memory cgroup o|O)ut of memory: Killed process /

/** /proc/vmstat: of the kernel's counters those that tell of memory, in pages and times since the boot. */
export const memoryCounters = ({ machine, world }: Viewpoint): string => {
  const bytes = new Map(kernelMemoryOf(machine))
  const pages = (label: string): number => pagesFor(bytes.get(label) ?? 0)
  const seconds = Math.round((world.nowMs - machine.bootedMs) / 1000)
  const rates = pagingRates(machine)
  const faults = pageFaultsOf(world, machine)
  const kills = machine.kernelRing.filter(({ message }) => KILLED.test(message)).length
  const stalls = pageStalls(machine)
  const counters: readonly (readonly [string, number])[] = [
    ['nr_free_pages', pages('MemFree')],
    ['nr_inactive_anon', pages('Inactive(anon)')],
    ['nr_active_anon', pages('Active(anon)')],
    ['nr_inactive_file', pages('Inactive(file)')],
    ['nr_active_file', pages('Active(file)')],
    ['nr_unevictable', pages('Unevictable')],
    ['nr_slab_reclaimable', pages('SReclaimable')],
    ['nr_slab_unreclaimable', pages('SUnreclaim')],
    ['nr_anon_pages', pages('AnonPages')],
    ['nr_mapped', pages('Mapped')],
    ['nr_file_pages', pages('Buffers') + pages('Cached')],
    ['nr_dirty', pages('Dirty')],
    ['nr_writeback', 0],
    ['nr_shmem', pages('Shmem')],
    ['nr_page_table_pages', pages('PageTables')],
    ['pgpgin', seconds * rates.in],
    ['pgpgout', seconds * rates.out],
    ['pswpin', 0],
    ['pswpout', 0],
    ['allocstall_dma', 0],
    ['allocstall_dma32', 0],
    ['allocstall_normal', Math.round(stalls * 0.04)],
    ['allocstall_movable', stalls],
    ['pgfault', faults.all],
    ['pgmajfault', faults.major],
    ['pgsteal_kswapd', stalls * TAKEN.kswapd],
    ['pgsteal_direct', stalls * TAKEN.direct],
    ['pgscan_kswapd', stalls * SCANNED.kswapd],
    ['pgscan_direct', stalls * SCANNED.direct],
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
