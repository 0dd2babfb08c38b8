import type { Machine } from '../world/machine.ts'
import { kernelThreadsOf } from './kernel-threads.ts'
import { processSums } from './process-sums.ts'

/** How many threads a machine may have: each takes a number, and the kernel keeps a bound of its own. */
export const mostThreads = ({ sysctls }: Machine): number =>
  Math.min(
    Number(sysctls.get('kernel.pid_max') ?? 4_194_304),
    Number(sysctls.get('kernel.threads-max') ?? 4_194_304),
  )

/** How many threads a machine can still begin. */
export const freeThreads = (machine: Machine): number =>
  Math.max(
    0,
    mostThreads(machine) -
      (machine.isPowered ? processSums(machine).threads + kernelThreadsOf(machine).length : 0),
  )
