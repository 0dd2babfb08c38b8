import { isWorking } from '../../network/find-route.ts'
import type { Law } from '../law.ts'

/** Marks since when a machine's card has not answered on the wire: its neighbours notice only after a while. */
export const fallSilent: Law = world => {
  for (const machine of world.machines.values()) {
    const isHeard = machine.isPowered && isWorking(machine.interfaces.find(({ kind }) => kind === 'ethernet'))
    if (isHeard) delete machine.silentSinceMs
    else machine.silentSinceMs ??= world.nowMs
  }
}
