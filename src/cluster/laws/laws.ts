import { kubeLaws } from './kube-laws.ts'
import type { Law } from './law.ts'
import { networkLaws } from './network/network-laws.ts'
import { powerLaw } from './power.ts'
import { timersLaw } from './timers.ts'
import { unitsLaw } from './units.ts'

/** Every law, causes before their consequences: the order in which a step applies them. */
export const laws: readonly Law[] = [powerLaw, timersLaw, unitsLaw, ...networkLaws, ...kubeLaws]
