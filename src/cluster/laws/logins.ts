import { endLogins } from '../relations/logins.ts'
import type { Law } from './law.ts'

/** A login ends with its processes; some seconds after the last one of a user systemd puts away what belongs to them. */
export const loginLaw: Law = world => {
  for (const machine of world.machines.values())
    if (machine.logins !== undefined || machine.userManagers !== undefined) endLogins(world, machine)
}
