import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { deliver } from './deliver.ts'

/** Counts the first packet that somebody sends to an address and port in the rules of packet filters that it meets. */
export const countFirstPacket = (
  world: World,
  sending: {
    readonly from: Machine
    readonly address: string
    readonly port: number
    readonly protocol: 'tcp' | 'udp'
  },
): void => {
  deliver(world, { ...sending, counts: 1 })
}
