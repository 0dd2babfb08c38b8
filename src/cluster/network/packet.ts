import type { Machine } from '../world/machine.ts'

/** What somebody sends first to make a connection. */
export type FirstPacket = {
  readonly from: Machine
  readonly address: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
}

/** A first packet on its way: what a packet filter looks at. `port` is that of the destination, 0 for ICMP. */
export type Packet = {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'ipencap'
  readonly source: string
  readonly destination: string
  readonly port: number
  /** The port that it comes from; a fleeting one unless said. */
  readonly sourcePort?: number
  /** Empty when it starts or ends on the machine. */
  readonly inInterface: string
  readonly outInterface: string
  /** Set for the answer to a connection that is being made: rules on established connections match it. */
  readonly isReply?: true
  /** What its chances at rules that match by chance are drawn from. */
  readonly luck?: number
  /** How many like it the rules that it meets are to count; none unless said. */
  readonly counts?: number | undefined
  /** How many bytes each of them has; those of a first packet unless said. */
  readonly bytes?: number
  /** Since when the connection has been there, where it is not new. */
  readonly heldSinceMs?: number | undefined
}

/** What a packet filter does with a packet. `reject-with` names the answer: `icmp-port-unreachable`, `tcp-reset` … */
export type FilterVerdict =
  | { readonly kind: 'accept' }
  /** `isByChance` when another packet of the same kind may pass. */
  | { readonly kind: 'drop'; readonly isByChance?: true }
  | { readonly kind: 'reject'; readonly answer: string }
