import type { Machine } from '../world/machine.ts'
import { kernelThreadsOf } from './kernel-threads.ts'
import { processSums } from './process-sums.ts'

const MOST_PIDS = 4_194_304

const mostPids = ({ sysctls }: Machine): number => Number(sysctls.get('kernel.pid_max') ?? MOST_PIDS)

/** How many digits the largest number of a process has, to which ps and top keep their columns. */
export const pidWidth = (machine: Machine): number => String(mostPids(machine) - 1).length

/** How many threads a machine may have: each takes a number, and the kernel keeps a bound of its own. */
export const mostThreads = (machine: Machine): number =>
  Math.min(mostPids(machine), Number(machine.sysctls.get('kernel.threads-max') ?? MOST_PIDS))

/** How many threads a machine can still begin. */
export const freeThreads = (machine: Machine): number =>
  Math.max(
    0,
    mostThreads(machine) -
      (machine.isPowered ? processSums(machine).threads + kernelThreadsOf(machine).length : 0),
  )
