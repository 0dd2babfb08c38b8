import { findUnit } from '../systemd/load-unit.ts'
import { nextElapse } from '../systemd/next-elapse.ts'
import { startUnit } from '../systemd/start-unit.ts'
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

const elapse = (world: World, machine: Machine, timer: Unit): void => {
  const name = timer.definition.triggers || timer.name.replace(/timer$/, 'service')
  const atMs = timer.nextStartMs ?? world.nowMs
  const unit = findUnit(machine, name)
  timer.lastTriggerMs = atMs
  timer.nextStartMs = nextOfTimer(machine, timer, atMs)
  if (unit !== undefined && unit.load === 'loaded') startUnit(world, { machine, unit, atMs })
}

const MOST_RUNS = 500

const settleTimer = (world: World, machine: Machine, timer: Unit): void => {
  timer.nextStartMs ??= nextOfTimer(machine, timer, world.nowMs)
  for (let runs = 0; runs < MOST_RUNS && (timer.nextStartMs ?? Infinity) <= world.nowMs; runs++)
    elapse(world, machine, timer)
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
