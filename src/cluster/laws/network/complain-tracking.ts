import { writeKernel } from '../../journal/write-journal.ts'
import { isConntrackFull } from '../../network/conntrack-use.ts'
import { ticksIn } from '../../services/ticks.ts'
import type { Law } from '../law.ts'

const EVERY_MS = 20_000

const messages = [
  'net_ratelimit: 38 callbacks suppressed',
  'nf_conntrack: nf_conntrack: table full, dropping packet',
  'nf_conntrack: nf_conntrack: table full, dropping packet',
]

/** The kernel remembers since when its table has been full, and says that it drops packets for want of a place in the table of connections; its rate limit lets a few lines through. */
export const complainTracking: Law = (world, passedMs) => {
  const span = { fromMs: world.nowMs - passedMs, toMs: world.nowMs }
  for (const machine of world.machines.values()) {
    if (!machine.isPowered || !isConntrackFull(machine)) {
      delete machine.trackingFullMs
      continue
    }
    machine.trackingFullMs ??= world.nowMs
    for (const atMs of ticksIn(span, machine.bootedMs, EVERY_MS))
      for (const message of messages) writeKernel(machine, { atMs, message, priority: 4 })
  }
}
