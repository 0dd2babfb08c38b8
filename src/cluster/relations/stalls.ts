import type { Machine } from '../world/machine.ts'
import { busyDisksOf, isSaturated } from './disk-load.ts'
import { memoryOf } from './memory.ts'
import { loadDemand } from './processor.ts'

/** What processes can wait for, as /proc/pressure names it. */
export const stalled = ['cpu', 'memory', 'io'] as const

export type Stalled = (typeof stalled)[number]

/** Below this part of memory the kernel begins to look for pages to take. */
const SCARCE = 0.05
const WORST_MEMORY = 40
/** Of a whole second something always gets on. */
const MOST = 99.4

/** Percent of time in which processes wait where nothing is scarce. */
export const QUIET: Readonly<Record<Stalled, number>> = { cpu: 0, memory: 0, io: 0.1 }

/** Percent of time in which some process waits for processors, memory or disks. */
export const stallOf = (machine: Machine, what: Stalled): number => {
  switch (what) {
    case 'cpu':
      return Math.min(MOST, Math.max(0, (loadDemand(machine) / machine.cpu.cores - 0.8) * 60))
    case 'memory': {
      const { available, total } = memoryOf(machine)
      return WORST_MEMORY * Math.max(0, 1 - available / (total * SCARCE))
    }
    case 'io':
      return busyDisksOf(machine).some(isSaturated) ? 71 : QUIET.io
  }
}
