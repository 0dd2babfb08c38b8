import type { Machine } from '../world/machine.ts'
import type { ProcessorTime } from '../world/processor-time.ts'
import type { World } from '../world/world.ts'
import { BASE_PERCENT, type ProcessorUse, processorOf, SYSTEM_SHARE, USUAL_WAIT } from './processor.ts'

type Clock = Pick<World, 'nowMs'>

const coreMs = ({ nowMs }: Clock, { bootedMs, cpu }: Machine): number =>
  Math.max(0, nowMs - bootedMs) * cpu.cores

/** What units, containers and processes that are there have taken so far, with what the kernel itself takes. */
const takenSoFar = (world: Clock, machine: Machine): ProcessorTime => {
  const { units, runtime, planet, processes } = machine
  const since = (startedMs: number): number => Math.max(0, world.nowMs - startedMs)
  const all = coreMs(world, machine)
  let busyMs = (all * BASE_PERCENT) / 100
  for (const unit of [...units.values(), ...(planet?.units.values() ?? [])]) busyMs += unit.cpuMs
  for (const container of [...(runtime?.containers ?? []), ...(planet?.runtime?.containers ?? [])])
    if (container.state === 'running')
      busyMs += (container.cpuMillis / 1000) * since(container.startedMs ?? world.nowMs)
  for (const { cpuPercent, startedMs } of processes) busyMs += (cpuPercent / 100) * since(startedMs)
  const systemMs = Math.min(all, busyMs) * SYSTEM_SHARE
  return { userMs: Math.min(all, busyMs) - systemMs, systemMs, waitMs: (all * USUAL_WAIT) / 100 }
}

/** What the processors of a machine have done since its boot, with what was left idle. */
export const processorTimeOf = (
  world: Clock,
  machine: Machine,
): ProcessorTime & { readonly idleMs: number } => {
  const spent = machine.processorTime ?? takenSoFar(world, machine)
  const { userMs, systemMs, waitMs } = spent
  return { ...spent, idleMs: Math.max(0, coreMs(world, machine) - userMs - systemMs - waitMs) }
}

/** Adds to the processor time of a machine what it has used in the time that has just passed. */
export const spendProcessorTime = (world: Clock, machine: Machine, passedMs: number): void => {
  const before = machine.processorTime ?? takenSoFar({ nowMs: world.nowMs - passedMs }, machine)
  const { user, system, wait } = processorOf(machine)
  const ms = (passedMs * machine.cpu.cores) / 100
  machine.processorTime = {
    userMs: before.userMs + user * ms,
    systemMs: before.systemMs + system * ms,
    waitMs: before.waitMs + wait * ms,
  }
}

/** How busy the processors were on the average since the boot; what runs and what waits is that of now. */
export const averageUseOf = (world: Clock, machine: Machine): ProcessorUse => {
  const { userMs, systemMs, waitMs, idleMs } = processorTimeOf(world, machine)
  const all = Math.max(1, userMs + systemMs + waitMs + idleMs)
  const percent = (ms: number): number => (ms * 100) / all
  return {
    ...processorOf(machine),
    user: percent(userMs),
    system: percent(systemMs),
    wait: percent(waitMs),
    idle: percent(idleMs),
  }
}

/** How often a machine is interrupted a second, and changes from one process to another. */
export const switchesOf = ({
  user,
}: ProcessorUse): { readonly interrupts: number; readonly switches: number } => ({
  interrupts: 900 + user * 90,
  switches: 1_600 + user * 140,
})
