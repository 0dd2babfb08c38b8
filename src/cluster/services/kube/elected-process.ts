import { type Component, componentsOf, type Elected, identityOf } from '../../relations/components.ts'
import { wordsOfText } from '../../relations/flags.ts'
import type { World } from '../../world/world.ts'
import type { Running } from '../service.ts'

/** The command line of a process that elects a leader. */
export const commandOf = ({ container, unit }: Running): readonly string[] =>
  container?.command ?? (unit === undefined ? [] : wordsOfText(unit.execStart))

/** When it was started. */
export const startOf = (world: World, { container, unit }: Running): number =>
  container?.startedMs ?? unit?.startedMs ?? world.nowMs

/** The same process as relations see it; `undefined` once it does not run. */
export const componentOf = (world: World, self: Running, name: Elected): Component | undefined =>
  componentsOf(world, name).find(
    c => c.identity === identityOf(self.machine, self.container?.id ?? self.machine.machineId),
  )
