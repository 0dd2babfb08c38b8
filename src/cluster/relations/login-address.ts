import type { World } from '../world/world.ts'
import { mainAddressOf } from './find-machine.ts'

/** Where people work that log in on a world without a workstation of its own. */
const OUTSIDE = '10.0.4.5'

/** The address that people log in from: their workstation's. */
export const loginAddressOf = ({ machines }: World): string => {
  const workstation = [...machines.values()].find(({ role }) => role === 'workstation')
  return workstation === undefined ? OUTSIDE : mainAddressOf(workstation)
}
