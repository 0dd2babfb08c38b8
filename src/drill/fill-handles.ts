import { findMachine, mainAddressOf, type World } from '../cluster/index.ts'

/** Puts a world's own names into a text of a drill: `{{worker-1}}` and `{{worker-1.address}}`. What names no machine stays. */
export const fillHandles = (world: World, text: string): string =>
  text.replace(/\{\{([\w-]+)(\.address)?\}\}/g, (whole, handle: string, address: string | undefined) => {
    const machine = findMachine(world, world.handles[handle] ?? handle)
    if (machine === undefined) return whole
    return address === undefined ? machine.name : mainAddressOf(machine)
  })
