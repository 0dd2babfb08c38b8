import { findUnit } from '../systemd/load-unit.ts'
import { nextElapse } from '../systemd/next-elapse.ts'
import { startUnit } from '../systemd/start-unit.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

const nextOf = ({ definition, lastTriggerMs, sinceMs }: Unit, fromMs: number): number | undefined =>
  definition.onCalendar === ''
    ? definition.onUnitActiveMs > 0
      ? (lastTriggerMs ?? sinceMs) + definition.onUnitActiveMs
      : undefined
    : nextElapse(definition.onCalendar, fromMs)

const elapse = (world: World, machine: Machine, timer: Unit): void => {
  const name = timer.definition.triggers || timer.name.replace(/timer$/, 'service')
  const atMs = timer.nextStartMs ?? world.nowMs
  const unit = findUnit(machine, name)
  timer.lastTriggerMs = atMs
  timer.nextStartMs = nextOf(timer, atMs)
  if (unit !== undefined && unit.load === 'loaded') startUnit(world, { machine, unit, atMs })
}

const MOST_RUNS = 500

const settleTimer = (world: World, machine: Machine, timer: Unit): void => {
  timer.nextStartMs ??= nextOf(timer, world.nowMs)
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
