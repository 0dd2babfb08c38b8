import { settle } from '../laws/advance.ts'
import type { World } from '../world/world.ts'
import type { FaultParameters } from './fault.ts'
import { faults } from './faults.ts'

/** Brings a named fault about and settles the world. Throws a RangeError when there is none of that name or a parameter cannot be right. */
export const changeByFault = (
  world: World,
  { name, parameters }: { readonly name: string; readonly parameters: FaultParameters },
): void => {
  const fault = faults[name]
  if (fault === undefined) throw new RangeError(`there is no fault ${name}`)
  fault(world, parameters)
  settle(world)
}
