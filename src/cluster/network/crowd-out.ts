import type { Machine } from '../world/machine.ts'
import { crowdedOutShare } from './conntrack-use.ts'
import { drawAt } from './draw.ts'
import type { Packet } from './packet.ts'

const TRACKING = 211

/**
 * Whether a packet begins a connection that finds no place in the full table. One that was there before has its place: its program
 * began before the table was full.
 */
export const isCrowdedOut = (
  machine: Machine,
  { heldSinceMs, luck = 0 }: Pick<Packet, 'heldSinceMs' | 'luck'>,
): boolean => {
  const share = crowdedOutShare(machine)
  if (share === 0) return false
  if (heldSinceMs !== undefined && heldSinceMs < (machine.trackingFullMs ?? Number.POSITIVE_INFINITY))
    return false
  return drawAt(luck, TRACKING) < share
}
