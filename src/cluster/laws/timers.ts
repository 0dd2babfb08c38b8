import { dropTransient } from '../systemd/drop-transient.ts'
import { findUnit } from '../systemd/load-unit.ts'
import { nextElapse } from '../systemd/next-elapse.ts'
import { startUnit } from '../systemd/start-unit.ts'
import { tell } from '../systemd/unit-lines.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

/** When it elapses first by its spans; what had passed before it was started elapses at once. */
const firstOf = ({ definition, sinceMs }: Unit, bootedMs: number): number | undefined => {
  const { onBootMs, onActiveMs, onUnitActiveMs } = definition
  const spans = [
    ...(onBootMs === undefined ? [] : [Math.max(sinceMs, bootedMs + onBootMs)]),
    ...(onActiveMs === undefined ? [] : [sinceMs + onActiveMs]),
  ]
  if (spans.length > 0) return Math.min(...spans)
  return onUnitActiveMs > 0 ? sinceMs + onUnitActiveMs : undefined
}

/** When a timer elapses next, as far as it does. */
export const nextOfTimer = ({ bootedMs }: Machine, timer: Unit, fromMs: number): number | undefined => {
  const { definition, lastTriggerMs, sinceMs } = timer
  if (definition.onCalendar !== '') return nextElapse(definition.onCalendar, fromMs)
  if (lastTriggerMs === undefined || lastTriggerMs < sinceMs) return firstOf(timer, bootedMs)
  return definition.onUnitActiveMs > 0 ? lastTriggerMs + definition.onUnitActiveMs : undefined
}

/** When a timer that waits elapses, also one that has only just begun to. */
export const dueOf = (machine: Machine, timer: Unit, nowMs: number): number | undefined =>
  timer.sub === 'waiting' ? (timer.nextStartMs ?? nextOfTimer(machine, timer, nowMs)) : undefined

const triggeredBy = (machine: Machine, { definition, name }: Unit): Unit | undefined =>
  findUnit(machine, definition.triggers || name.replace(/timer$/, 'service'))

/** A timer that elapses no more, once what it began is done. */
const endElapsed = (machine: Machine, timer: Unit, atMs: number): void => {
  const work = triggeredBy(machine, timer)
  if (work !== undefined && /^(active|activating)$/.test(work.active)) return
  timer.sub = 'elapsed'
  if (timer.definition.goesOnceElapsed !== true) return
  Object.assign(timer, { active: 'inactive', sub: 'dead', sinceMs: atMs })
  tell({ machine, unit: timer, atMs }, `${timer.name}: Deactivated successfully.`)
  dropTransient({ machine, unit: timer })
}

const elapse = (world: World, machine: Machine, timer: Unit): void => {
  const atMs = timer.nextStartMs ?? world.nowMs
  const unit = triggeredBy(machine, timer)
  timer.lastTriggerMs = atMs
  timer.nextStartMs = nextOfTimer(machine, timer, atMs)
  if (unit !== undefined && unit.load === 'loaded') startUnit(world, { machine, unit, atMs })
}

const MOST_RUNS = 500

const settleTimer = (world: World, machine: Machine, timer: Unit): void => {
  timer.nextStartMs ??= nextOfTimer(machine, timer, world.nowMs)
  for (let runs = 0; runs < MOST_RUNS && (timer.nextStartMs ?? Infinity) <= world.nowMs; runs++)
    elapse(world, machine, timer)
  const { lastTriggerMs, nextStartMs, sinceMs } = timer
  if (nextStartMs === undefined && lastTriggerMs !== undefined && lastTriggerMs >= sinceMs)
    endElapsed(machine, timer, world.nowMs)
}

/** Timers that are active start their units when they elapse. */
export const timersLaw: Law = world => {
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    for (const unit of machine.units.values())
      if (unit.sub === 'waiting' && unit.active === 'active' && unit.name.endsWith('.timer'))
        settleTimer(world, machine, unit)
  }
}
