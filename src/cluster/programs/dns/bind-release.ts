import { isBefore, releaseOf } from '../../relations/userland.ts'
import type { Machine } from '../../world/machine.ts'

/** The release of BIND whose tools a system has. */
export const bindRelease = (machine: Machine): string => releaseOf(machine, 'bind')

/** Whether BIND's tools on a system are of the releases before 9.18, which tell less. */
export const hasOldBind = (machine: Machine): boolean => isBefore(machine, 'bind', '9.18')

/** What BIND's tools say where nobody answers: each try, or in older releases the end alone. */
export const silenceText = (machine: Machine, tries: readonly string[]): string =>
  hasOldBind(machine)
    ? ';; connection timed out; no servers could be reached'
    : [...tries, ';; no servers could be reached'].join('\n')
