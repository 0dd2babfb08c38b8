import { QUIET, stalled, stallOf } from '../relations/stalls.ts'
import type { Law } from './law.ts'

const SPANS_S = [10, 60, 300] as const

/** The kernel averages over three spans how long processes wait, and sums it up from the boot on. */
export const stallsLaw: Law = (world, passedMs) => {
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    for (const what of stalled) {
      const percent = stallOf(machine, what)
      const known = machine.stalls?.[what]
      const pastMs = Math.max(0, world.nowMs - passedMs - machine.bootedMs)
      const averages = SPANS_S.map((span, at) => {
        const before = known?.averages[at] ?? QUIET[what]
        return percent + (before - percent) * Math.exp(-passedMs / 1000 / span)
      })
      const beforeUs = known?.totalUs ?? pastMs * 10 * QUIET[what]
      machine.stalls = {
        ...machine.stalls,
        [what]: { averages, totalUs: beforeUs + passedMs * 10 * percent },
      }
    }
  }
}
