import { findMachine } from '../relations/find-machine.ts'
import type { World } from '../world/world.ts'
import { createShell, type Shell, type ShellSetup } from './create-shell.ts'

/** A root shell on a machine, by its host name; throws a RangeError when the world has no such machine. */
export const shellAt = (
  world: World,
  { machine: name, ...setup }: Omit<ShellSetup, 'world' | 'start'> & { readonly machine: string },
): Shell => {
  const machine = findMachine(world, name)
  if (machine === undefined) throw new RangeError(`there is no machine ${name} in the world ${world.name}`)
  return createShell({
    world,
    start: { machine, host: machine, container: undefined, user: 'root' },
    ...setup,
  })
}
