import type { FirewallChain, FirewallRule } from '../world/network.ts'
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

const count = (counter: { packets: number; bytes: number }): void => {
  counter.packets += 1
  counter.bytes += FIRST_BYTES
}

type Walk = { readonly chains: readonly FirewallChain[]; readonly packet: Packet; readonly to: string }

/** Whether a rule takes a packet that is to end at an endpoint: of those that choose by chance only the one that leads there. */
const takes = ({ chains, packet, to }: Walk, rule: FirewallRule): boolean => {
  if (!rule.target.startsWith('KUBE-SEP-')) return matchRule(rule, packet)
  const own = chains.find(({ name }) => name === rule.target)
  return own?.rules.some(({ targetOptions }) => targetOptions === `--to-destination ${to}`) === true
}

/** Counts the rules of a chain that a packet meets; whether one has said where it goes. */
const walk = (way: Walk, name: string, depth: number): boolean => {
  const chain = way.chains.find(candidate => candidate.name === name)
  if (chain === undefined || depth > DEEPEST) return false
  for (const rule of chain.rules) {
    if (!takes(way, rule)) continue
    count(rule)
    if (rule.target === 'RETURN') return false
    if (/^(DNAT|ACCEPT|REDIRECT)$/.test(rule.target) || walk(way, rule.target, depth + 1)) return true
  }
  if (chain.policy !== undefined) count(chain)
  return false
}

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
