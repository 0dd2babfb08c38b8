import { shownMs } from '../relations/clock.ts'
import { memoryHolder } from '../relations/memory.ts'
import { averageUseOf, processorTimeOf, switchesOf } from '../relations/processor-time.ts'
import type { Machine } from '../world/machine.ts'
import type { Viewpoint } from './views.ts'

const TICK_MS = 10
/** Of what processes take the part of those that stand back, and of the kernel's that of its softer interrupts. */
const NICE_SHARE = 0.0015
const SOFT_SHARE = 0.024

/** What the kernel counts since the boot, as /proc/stat and vmstat tell it: times in hundredths of a second. */
export type KernelCounts = {
  readonly user: number
  readonly nice: number
  readonly system: number
  readonly idle: number
  readonly wait: number
  readonly soft: number
  readonly interrupts: number
  readonly switches: number
  readonly bootS: number
  readonly forks: number
}

/** The counts of a machine's kernel. */
export const kernelCounts = ({
  world,
  machine: asked,
}: Pick<Viewpoint, 'world' | 'machine'>): KernelCounts => {
  const machine = memoryHolder(asked)
  const { userMs, systemMs, waitMs, idleMs } = processorTimeOf(world, machine)
  const ticks = (ms: number): number => Math.floor(ms / TICK_MS)
  const { interrupts, switches } = switchesOf(averageUseOf(world, machine))
  const seconds = Math.max(0, world.nowMs - machine.bootedMs) / 1000
  return {
    user: ticks(userMs * (1 - NICE_SHARE)),
    nice: ticks(userMs * NICE_SHARE),
    system: ticks(systemMs * (1 - SOFT_SHARE)),
    idle: ticks(idleMs),
    wait: ticks(waitMs),
    soft: ticks(systemMs * SOFT_SHARE),
    interrupts: Math.floor(interrupts * seconds),
    switches: Math.floor(switches * seconds),
    bootS: Math.floor(shownMs(machine, machine.bootedMs) / 1000),
    forks: machine.nextPid,
  }
}

/** The part of a count that one core has; the first has what is left over. */
const partOf = (count: number, { cpu }: Machine, core: number): number =>
  Math.floor(count / cpu.cores) + (core === 0 ? count % cpu.cores : 0)

/** /proc/stat, see proc(5): all processors, each of them, and what else the kernel counts. */
export const statText = (at: Viewpoint): string => {
  const machine = memoryHolder(at.machine)
  const counts = kernelCounts(at)
  const { user, nice, system, idle, wait, soft, interrupts, switches, bootS, forks } = counts
  const { runnable, blocked } = averageUseOf(at.world, machine)
  const times = [user, nice, system, idle, wait, 0, soft, 0, 0, 0]
  const cores = Array.from(
    { length: machine.cpu.cores },
    (_, core) => `cpu${core} ${times.map(time => partOf(time, machine, core)).join(' ')}\n`,
  )
  return `cpu  ${times.join(' ')}\n${cores.join('')}intr ${interrupts}\nctxt ${switches}\nbtime ${bootS}\nprocesses ${forks}\nprocs_running ${runnable}\nprocs_blocked ${blocked}\n`
}
