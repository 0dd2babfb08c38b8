import type { Machine } from '../world/machine.ts'
import type { AddressSet, FirewallChain, FirewallRule } from '../world/network.ts'
import { chainNamed } from './chain-named.ts'
import { matchRule } from './match-rule.ts'
import type { FirstPacket, Packet } from './packet.ts'
import type { Station } from './station.ts'

type Counted = FirstPacket & {
  readonly source: string
  /** Where the rules send it. */
  readonly aim: { readonly address: string; readonly port: number }
}

const FIRST_BYTES = 60
const DEEPEST = 8

const count = (counter: { packets: number; bytes: number }, { counts = 1 }: Packet): void => {
  counter.packets += counts
  counter.bytes += counts * FIRST_BYTES
}

type Walk = {
  readonly chains: readonly FirewallChain[]
  readonly packet: Packet
  /** Where it is to end, for one that is translated. */
  readonly to: string
  readonly sets?: readonly AddressSet[] | undefined
}

/** Whether a rule takes a packet that is to end at an endpoint: of those that choose by chance only the one that leads there. */
const takes = ({ chains, packet, to, sets }: Walk, rule: FirewallRule): boolean => {
  if (!rule.target.startsWith('KUBE-SEP-')) return matchRule(rule, packet, { sets })
  const own = chainNamed(chains, rule.target)
  return own?.rules.some(({ targetOptions }) => targetOptions === `--to-destination ${to}`) === true
}

/** Counts the rules of a chain that a packet meets; whether one has said where it goes. */
const walk = (way: Walk, name: string, depth: number): boolean => {
  const chain = chainNamed(way.chains, name)
  if (chain === undefined || depth > DEEPEST) return false
  for (const rule of chain.rules) {
    if (!takes(way, rule)) continue
    count(rule, way.packet)
    if (rule.target === 'RETURN') return false
    if (/^(DNAT|ACCEPT|REDIRECT|MASQUERADE|SNAT)$/.test(rule.target) || walk(way, rule.target, depth + 1))
      return true
  }
  if (chain.policy !== undefined) count(chain, way.packet)
  return false
}

/** Counts what a chain of the table nat and those that it leads to see of packets that begin connections to no service. */
export const countPassing = (
  { firewall }: Machine,
  chain: 'PREROUTING' | 'INPUT' | 'OUTPUT' | 'POSTROUTING',
  packet: Packet,
): void => void walk({ chains: firewall.nat, packet, to: '', sets: firewall.sets }, chain, 0)

/** Counts what the rules of the table nat do on the sender's machine with a first packet. */
export const countTranslation = (
  { host, sandbox }: Station,
  { source, address, port, protocol, aim }: Counted,
): void => {
  const packet: Packet = {
    protocol,
    source,
    destination: address,
    port,
    inInterface: sandbox === undefined ? '' : 'cali',
    outInterface: '',
  }
  const way = { chains: host.firewall.nat, packet, to: `${aim.address}:${aim.port}` }
  walk(way, sandbox === undefined ? 'OUTPUT' : 'PREROUTING', 0)
}
