import type { Machine } from '../world/machine.ts'

/** The kernel's parameter for what a machine is called. */
export const HOSTNAME_KEY = 'kernel.hostname'

/** What a machine calls itself now: its name, unless somebody has given it another. Its name remains what the simulation knows it by. */
export const hostnameOf = (machine: Machine): string => machine.sysctls.get(HOSTNAME_KEY) ?? machine.name

/** Gives a machine another name for itself, as sethostname(2) does: until the next boot. */
export const setHostname = (machine: Machine, hostname: string): void => {
  if (hostname === machine.name) machine.sysctls.delete(HOSTNAME_KEY)
  else machine.sysctls.set(HOSTNAME_KEY, hostname)
}
