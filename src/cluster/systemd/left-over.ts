import { membersOf } from '../relations/control-group.ts'
import { type Process, processesOf } from '../relations/processes.ts'
import type { World } from '../world/world.ts'
import { type Happening, tell } from './unit-lines.ts'

/** The processes in a unit's control group that are not its own: the shims of a runtime's sandboxes. */
const leftOver = (world: World, { machine, unit }: Happening): readonly Process[] =>
  machine.runtime?.unit === unit.name
    ? membersOf(processesOf(world, machine), unit.name).filter(process => process.unit === undefined)
    : []

/** Tells which processes a unit leaves behind when it ends. */
export const tellRemaining = (world: World, at: Happening): void => {
  for (const { pid, name } of leftOver(world, at))
    tell(at, `${at.unit.name}: Unit process ${pid} (${name}) remains running after unit stopped.`, 5)
}

/** Tells which processes are there already when a unit starts. */
export const tellFound = (world: World, at: Happening): void => {
  for (const { pid, name } of leftOver(world, at)) {
    tell(
      at,
      `${at.unit.name}: Found left-over process ${pid} (${name}) in control group while starting unit. Ignoring.`,
      4,
    )
    tell(
      at,
      'This usually indicates unclean termination of a previous run, or service implementation deficiencies.',
      4,
    )
  }
}
