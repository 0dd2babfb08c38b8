import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { FaultParameters } from './fault.ts'

/** A parameter that must be a text. */
export const textOf = (parameters: FaultParameters, name: string): string => {
  const value = parameters[name]
  if (typeof value !== 'string') throw new RangeError(`the parameter ${name} must be a text`)
  return value
}

/** A parameter that must be a number. */
export const numberOf = (parameters: FaultParameters, name: string): number => {
  const value = parameters[name]
  if (typeof value !== 'number') throw new RangeError(`the parameter ${name} must be a number`)
  return value
}

/** The machine with a handle or a host name. */
export const machineOf = (world: World, handleOrName: string): Machine => {
  const machine = world.machines.get(world.handles[handleOrName] ?? handleOrName)
  if (machine === undefined)
    throw new RangeError(`there is no machine ${handleOrName} in the world ${world.name}`)
  return machine
}
