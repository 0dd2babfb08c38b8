import type { FilterVerdict } from './packet.ts'

/** What keeps a packet from arriving, as its sender notices it. `by` is the address that says so. */
export type Obstacle =
  /** No word comes back: dropped on the way, each packet or by chance. */
  | {
      readonly kind: 'lost'
      readonly isByChance?: true
      /** Set where the sender's own packet filter dropped it: sendmsg(2) says so. */
      readonly isBySender?: true
      readonly isHeld?: true
    }
  /** A REJECT rule answered, with what ICMP or TCP says. `isHeld`: before the packet left its machine, which then keeps no connection. */
  | { readonly kind: 'rejected'; readonly answer: string; readonly by: string; readonly isHeld?: true }
  /** Nobody answers to ARP, which the sender hears of after a while. */
  | { readonly kind: 'host-unreachable'; readonly by: string; readonly afterMs?: number }
  /** The sender has no route. */
  | { readonly kind: 'network-unreachable' }
  /** The sender's route is a black hole. */
  | { readonly kind: 'black-hole' }
  /** Larger than the interface or the path takes, and not to be split. */
  | { readonly kind: 'too-big'; readonly mtu: number; readonly by: string }

/** What a filter's verdict means for the sender; `undefined` when it accepts. */
export const obstacleOf = (verdict: FilterVerdict, by: string): Obstacle | undefined => {
  switch (verdict.kind) {
    case 'accept':
      return undefined
    case 'drop':
      return verdict.isByChance === true ? { kind: 'lost', isByChance: true } : { kind: 'lost' }
    case 'reject':
      return { kind: 'rejected', answer: verdict.answer, by }
  }
}
