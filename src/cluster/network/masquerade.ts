import type { Machine } from '../world/machine.ts'
import type { AddressSet, FirewallChain } from '../world/network.ts'
import { chainNamed } from './chain-named.ts'
import { matchRule } from './match-rule.ts'
import type { Packet } from './packet.ts'

const DEEPEST = 8

type Walk = {
  readonly chains: readonly FirewallChain[]
  readonly packet: Packet
  readonly sets: readonly AddressSet[] | undefined
}

/** Whether a chain hides who sent a packet; `undefined` when it says nothing of it. */
const hides = (walk: Walk, name: string, depth: number): boolean | undefined => {
  const { chains, packet, sets } = walk
  if (depth > DEEPEST) return undefined
  for (const rule of chainNamed(chains, name)?.rules ?? []) {
    if (!matchRule(rule, packet, { sets })) continue
    if (rule.target === 'RETURN') return undefined
    if (rule.target === 'MASQUERADE' || rule.target === 'SNAT') return true
    if (rule.target === 'ACCEPT') return false
    const said = hides(walk, rule.target, depth + 1)
    if (said !== undefined) return said
  }
  return undefined
}

/** Whether a machine puts its own address in place of the sender's on a packet that leaves it and begins a connection. */
export const masquerades = ({ firewall }: Machine, packet: Packet): boolean =>
  hides({ chains: firewall.nat, packet, sets: firewall.sets }, 'POSTROUTING', 0) === true
