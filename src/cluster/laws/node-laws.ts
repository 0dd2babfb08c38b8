import { clocksLaw } from './clocks.ts'
import { disksLaw } from './disks.ts'
import { renewAtStart } from './k3s/renew-at-start.ts'
import type { Law } from './law.ts'
import { loadLaw } from './load.ts'
import { loginLaw } from './logins.ts'
import { memoryLaw } from './memory.ts'
import { powerLaw } from './power.ts'
import { settingsLaw } from './settings.ts'
import { stallsLaw } from './stalls.ts'
import { timersLaw } from './timers.ts'
import { unitsLaw } from './units.ts'

/** The laws of machines: power, disks, timers, units, logins and what they read, clocks, memory, load, stalls. */
export const nodeLaws: readonly Law[] = [
  powerLaw,
  disksLaw,
  timersLaw,
  renewAtStart,
  unitsLaw,
  loginLaw,
  settingsLaw,
  clocksLaw,
  memoryLaw,
  loadLaw,
  stallsLaw,
]
