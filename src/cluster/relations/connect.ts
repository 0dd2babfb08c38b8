import type { Listener, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { findMachine } from './find-machine.ts'

/** What is tried: from a machine (or the inside of a container, which is one too) to an address and port. */
export type Attempt = {
  readonly from: Machine
  readonly address: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
}

/** How a connection attempt ends, as connect(2) would tell it. */
export type Connection =
  | {
      readonly kind: 'open'
      readonly machine: Machine | undefined
      readonly listener: Listener | undefined
      readonly latencyMs: number
    }
  /** RST or ICMP port unreachable: nobody listens, or a REJECT rule says so. */
  | { readonly kind: 'refused' }
  /** No answer at all: dropped, powered off, no way. */
  | { readonly kind: 'timeout' }
  /** EHOSTUNREACH: no ARP answer or an ICMP host unreachable. */
  | { readonly kind: 'no-route' }
  /** ENETUNREACH: this machine has no route. */
  | { readonly kind: 'unreachable-network' }

/** Tries a connection through routes, packet filters and the fabric to whoever listens. */
export const connect = (world: World, { address }: Attempt): Connection => {
  const machine = findMachine(world, address)
  if (machine === undefined) return { kind: 'timeout' }
  if (!machine.isPowered) return { kind: 'no-route' }
  return { kind: 'open', machine, listener: undefined, latencyMs: 1 }
}
