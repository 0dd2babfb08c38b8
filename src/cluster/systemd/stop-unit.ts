import { serviceOf } from '../services/services.ts'
import type { World } from '../world/world.ts'
import { dropTransient } from './drop-transient.ts'
import { tellRemaining } from './left-over.ts'
import { dropPrivate } from './private-folders.ts'
import { type Happening, sayLines, tell, tellConsumption, titleOf } from './unit-lines.ts'

/** Stops what is bound to a unit: what requires it, is part of it or bound to it. */
export const stopDependents = (world: World, { machine, unit, atMs }: Happening): void => {
  for (const other of machine.units.values()) {
    const { requires, bindsTo, partOf } = other.definition
    const isBound = [...requires, ...bindsTo, ...partOf].includes(unit.name)
    if (isBound && (other.active === 'active' || other.active === 'activating'))
      stopUnit(world, { machine, unit: other, atMs })
  }
}

/** Stops a unit by hand, with those that require it. One that waits for its restart is let go. */
export const stopUnit = (world: World, at: Happening): void => {
  const { machine, unit, atMs } = at
  if (unit.active === 'inactive' || unit.active === 'failed') return
  stopDependents(world, at)
  serviceOf(unit.service).end?.(world, { machine, unit, container: undefined })
  const isService = unit.name.endsWith('.service')
  if (unit.active === 'active') unit.wasUp = { fromMs: unit.sinceMs, toMs: atMs }
  if (unit.mainPid !== 0) {
    tell(at, `Stopping ${titleOf(unit)}...`)
    sayLines(at, serviceOf(unit.service).farewell?.(world, { machine, unit, container: undefined }) ?? [])
    unit.lastExit = { code: 'exited', status: 0, signal: undefined }
    unit.endedMs = atMs
    unit.lastPid = unit.mainPid
    tell(at, `${unit.name}: Deactivated successfully.`)
  }
  const ended = {
    active: 'inactive',
    sub: 'dead',
    sinceMs: atMs,
    nextStartMs: undefined,
    mainPid: 0,
    order: undefined,
    tasks: 0,
  }
  Object.assign(unit, ended, { result: 'success' })
  dropPrivate(at)
  tellRemaining(world, at)
  const verb = isService ? 'Stopped' : unit.name.endsWith('.socket') ? 'Closed' : 'Stopped'
  tell(at, `${verb} ${titleOf(unit)}.`)
  tellConsumption(at)
  Object.assign(unit, { memoryBytes: 0, cpuPercent: 0 })
  dropTransient(at)
}
