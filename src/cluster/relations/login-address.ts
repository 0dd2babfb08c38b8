import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { mainAddressOf } from './find-machine.ts'

/** Where people work that log in on a world without a workstation of its own. */
const OUTSIDE = '10.0.4.5'

/** Where people come from to the workstation. */
const BEYOND = '10.0.8.14'

/** The address that people log in from: their workstation's, and to that from one beyond. */
export const loginAddressOf = ({ machines }: Pick<World, 'machines'>, machine: Machine): string => {
  if (machine.role === 'workstation') return BEYOND
  const workstation = [...machines.values()].find(({ role }) => role === 'workstation')
  return workstation === undefined ? OUTSIDE : mainAddressOf(workstation)
}
