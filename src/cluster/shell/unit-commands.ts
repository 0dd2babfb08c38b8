import { settle } from '../laws/advance.ts'
import { dueOf } from '../laws/timers.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { shellProcess } from './job-process.ts'
import type { Alarm } from './jobs.ts'
import type { OrderSession } from './orders.ts'
import { isCurrent, type Running, runUnit } from './run-unit.ts'

const processFor = (world: World, machine: Machine, unit: Unit): FreeProcess => ({
  ...shellProcess(world, machine, {
    parentPid: 1,
    user: unit.definition.user || 'root',
    command: unit.execStart,
    memoryBytes: 0,
  }),
  pid: unit.mainPid,
  isMain: true,
})

const begin = async (world: World, session: OrderSession, at: Omit<Running, 'process'>): Promise<void> => {
  const { machine, unit } = at
  const running = { machine, unit, process: processFor(world, machine, unit) }
  unit.order = { pid: unit.mainPid, isBegun: true }
  await session.start({
    machine,
    process: running.process,
    isForeign: true,
    isOver: () => !isCurrent(running),
    run: errand => runUnit({ world, session, running, errand }),
  })
}

/** When a unit that is not at work would begin to be by itself. */
const nextOf = (machine: Machine, unit: Unit, nowMs: number): number => {
  const { order, nextStartMs, sub } = unit
  if (order?.isBegun === false) return nowMs
  if (sub === 'auto-restart') return nextStartMs ?? Number.POSITIVE_INFINITY
  return dueOf(machine, unit, nowMs) ?? Number.POSITIVE_INFINITY
}

/** When a machine comes up that has units to run then. */
const bootOf = ({ isPowered, startsMs, units }: Machine): number =>
  !isPowered && startsMs !== undefined && [...units.values()].some(({ isOwn }) => isOwn === true)
    ? startsMs
    : Number.POSITIVE_INFINITY

/** systemd on every machine, as far as it runs what unit files say that somebody wrote. */
export const createUnitCommands = (world: World, session: OrderSession): Alarm => {
  const own = function* (): Iterable<Omit<Running, 'process'>> {
    for (const machine of world.machines.values())
      if (machine.isPowered)
        for (const unit of machine.units.values()) if (unit.isOwn === true) yield { machine, unit }
  }
  return {
    nextMs: () => {
      let nextMs = Math.min(...[...world.machines.values()].map(machine => bootOf(machine)))
      for (const { machine, unit } of own()) nextMs = Math.min(nextMs, nextOf(machine, unit, world.nowMs))
      return Math.max(world.nowMs, nextMs)
    },
    ring: async () => {
      const hasBoot = [...world.machines.values()].some(machine => bootOf(machine) <= world.nowMs)
      if (hasBoot || [...own()].some(({ unit }) => (unit.nextStartMs ?? Infinity) <= world.nowMs))
        settle(world)
      for (const at of [...own()]) if (at.unit.order?.isBegun === false) await begin(world, session, at)
    },
  }
}
