import { remembering } from '../kube/remember.ts'
import type { FirewallRule } from '../world/network.ts'
import { isInNetwork } from './addresses.ts'
import { drawAt } from './draw.ts'
import type { Packet } from './packet.ts'

const protocolNames: Readonly<Record<string, string>> = {
  '0': 'all',
  '1': 'icmp',
  '4': 'ipencap',
  '6': 'tcp',
  '17': 'udp',
}

const negatable = (written: string, matches: (plain: string) => boolean): boolean => {
  if (written === '') return true
  return written.startsWith('! ') ? !matches(written.slice(2)) : matches(written)
}

const matchesInterface = (written: string, name: string): boolean =>
  negatable(written, plain => (plain.endsWith('+') ? name.startsWith(plain.slice(0, -1)) : plain === name))

const matchesProtocol = ({ protocol }: FirewallRule, packet: Packet): boolean =>
  negatable(protocol, plain => {
    const name = protocolNames[plain] ?? plain
    return name === 'all' || name === packet.protocol
  })

const FLEETING_PORT = 40_000

/** Whether a port is in a list such as `80,443,30000:32767`. */
const isPortIn = (list: string, port: number): boolean =>
  list.split(',').some(part => {
    const [from = '', to = from] = part.split(':')
    return port >= Number(from) && port <= Number(to)
  })

/** What the options of a rule's matches ask for. */
type Wanted = {
  readonly ports: string | undefined
  readonly sourcePorts: string | undefined
  readonly states: readonly string[] | undefined
  /** Whether the connection must be in none of the states. */
  readonly isNot: boolean
  /** Whether it asks for what a first packet never has. */
  readonly isNever: boolean
  /** The share of packets that it takes, where it leaves that to chance. */
  readonly share: number | undefined
}

/** The share that `-m statistic` takes: with a probability, or each so many packets. */
const shareIn = (matches: string): number | undefined => {
  const probability = /--probability\s+([\d.]+)/.exec(matches)?.[1]
  const every = /--every\s+(\d+)/.exec(matches)?.[1]
  if (probability !== undefined) return Number(probability)
  return every === undefined ? undefined : 1 / Math.max(1, Number(every))
}

// Every packet meets the same few rules; their texts are read once.
const wantedBy = remembering((matches): Wanted => {
  const ports = /--(?:dports|dport|destination-ports?)\s+(\S+)/.exec(matches)?.[1]
  const sourcePorts = /--(?:sports|sport|source-ports?)\s+(\S+)/.exec(matches)?.[1]
  const [, not, states] = /(!\s+)?--(?:ctstate|state)\s+(\S+)/.exec(matches) ?? []
  return {
    ports,
    sourcePorts,
    states: states?.split(','),
    isNot: not !== undefined,
    isNever:
      /--(?:mark|match-set|dst-type|src-type|ctorigdst|tcp-flags|mac-source|string|uid-owner|gid-owner|length|src-range|dst-range)\b/.test(
        matches,
      ),
    share: shareIn(matches),
  }
})

/** Whether a rule leaves it to chance which packets it takes. */
export const isByChance = ({ matches }: FirewallRule): boolean => wantedBy(matches).share !== undefined

const matchesShare = ({ matches }: FirewallRule, { luck = 0 }: Packet, place: number): boolean => {
  const { share } = wantedBy(matches)
  return share === undefined || drawAt(luck, place) < share
}

const matchesPorts = (
  { matches, destinationPort }: FirewallRule,
  { port, sourcePort = FLEETING_PORT }: Packet,
): boolean => {
  const { ports, sourcePorts } = wantedBy(matches)
  if (sourcePorts !== undefined && !isPortIn(sourcePorts, sourcePort)) return false
  if (ports !== undefined) return isPortIn(ports, port)
  return destinationPort === undefined || destinationPort === port
}

/** Matches on the state of the connection; those on marks, sets and the like never match. */
const matchesState = ({ matches }: FirewallRule, { isReply }: Packet): boolean => {
  const { states, isNot, isNever } = wantedBy(matches)
  const isAmong = states?.includes(isReply === true ? 'ESTABLISHED' : 'NEW')
  return !isNever && (states === undefined || isAmong !== isNot)
}

/** Whether a rule of a packet filter matches a first packet of a connection. `place` tells rules apart that match by chance. */
export const matchRule = (rule: FirewallRule, packet: Packet, place = 0): boolean =>
  matchesProtocol(rule, packet) &&
  negatable(rule.source, plain => isInNetwork(packet.source, plain)) &&
  negatable(rule.destination, plain => isInNetwork(packet.destination, plain)) &&
  matchesInterface(rule.inInterface, packet.inInterface) &&
  matchesInterface(rule.outInterface, packet.outInterface) &&
  matchesPorts(rule, packet) &&
  matchesState(rule, packet) &&
  matchesShare(rule, packet, place)
