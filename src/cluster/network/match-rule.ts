import type { AddressSet, FirewallRule } from '../world/network.ts'
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

type Side = 'source' | 'destination'

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
  readonly matches: string
  readonly marks: readonly { readonly isNot: boolean; readonly value: number; readonly mask: number }[]
  readonly sets: readonly { readonly isNot: boolean; readonly name: string; readonly side: Side }[]
  readonly locals: readonly { readonly isNot: boolean; readonly side: Side }[]
}

const NEVER =
  /--(?:ctorigdst|tcp-flags|mac-source|string|uid-owner|gid-owner|length|src-range|dst-range|limit-iface-out|validmark|match-set \S+ \S+,)|--(?:src|dst)-type (?!LOCAL)|-m rpfilter/

/** The share that `-m statistic` takes: with a probability, or each so many packets. */
const shareIn = (matches: string): number | undefined => {
  const probability = /--probability\s+([\d.]+)/.exec(matches)?.[1]
  const every = /--every\s+(\d+)/.exec(matches)?.[1]
  if (probability !== undefined) return Number(probability)
  return every === undefined ? undefined : 1 / Math.max(1, Number(every))
}

/** A mark that a rule asks for, with the bits that it looks at, or which kind of address it asks for. */
const marksIn = (matches: string): Wanted['marks'] =>
  [...matches.matchAll(/-m mark (! )?--mark (\w+)(?:\/(\w+))?/g)].map(
    ([, not, value, mask = '0xffffffff']) => ({
      isNot: not !== undefined,
      value: Number(value),
      mask: Number(mask),
    }),
  )

const setsIn = (matches: string): Wanted['sets'] =>
  [...matches.matchAll(/(! )?--match-set (\S+) (src|dst)(?!,)/g)].map(([, not, name = '', side]) => ({
    isNot: not !== undefined,
    name,
    side: side === 'src' ? 'source' : 'destination',
  }))

const localsIn = (matches: string): Wanted['locals'] =>
  [...matches.matchAll(/(! )?--(src|dst)-type LOCAL(?! --limit)/g)].map(([, not, side]) => ({
    isNot: not !== undefined,
    side: side === 'src' ? 'source' : 'destination',
  }))

const wantedIn = (matches: string): Wanted => {
  const ports = /--(?:dports|dport|destination-ports?)\s+(\S+)/.exec(matches)?.[1]
  const sourcePorts = /--(?:sports|sport|source-ports?)\s+(\S+)/.exec(matches)?.[1]
  const [, not, states] = /(!\s+)?--(?:ctstate|state)\s+(\S+)/.exec(matches) ?? []
  return {
    matches,
    ports,
    sourcePorts,
    states: states?.split(','),
    isNot: not !== undefined,
    isNever: NEVER.test(matches),
    share: shareIn(matches),
    marks: marksIn(matches),
    sets: setsIn(matches),
    locals: localsIn(matches),
  }
}

// Every packet meets the same rules; their texts are read once.
const known = new WeakMap<FirewallRule, Wanted>()

const wantedBy = (rule: FirewallRule): Wanted => {
  const found = known.get(rule)
  if (found?.matches === rule.matches) return found
  const fresh = wantedIn(rule.matches)
  known.set(rule, fresh)
  return fresh
}

/** Whether a rule leaves it to chance which packets it takes. */
export const isByChance = (rule: FirewallRule): boolean => wantedBy(rule).share !== undefined

const matchesShare = (rule: FirewallRule, { luck = 0 }: Packet, place: number): boolean => {
  const { share } = wantedBy(rule)
  return share === undefined || drawAt(luck, place) < share
}

const matchesPorts = (rule: FirewallRule, { port, sourcePort = FLEETING_PORT }: Packet): boolean => {
  const { destinationPort } = rule
  const { ports, sourcePorts } = wantedBy(rule)
  if (sourcePorts !== undefined && !isPortIn(sourcePorts, sourcePort)) return false
  if (ports !== undefined) return isPortIn(ports, port)
  return destinationPort === undefined || destinationPort === port
}

/** Matches on the state of the connection. */
const matchesState = (rule: FirewallRule, { isReply }: Packet): boolean => {
  const { states, isNot, isNever } = wantedBy(rule)
  const isAmong = states?.includes(isReply === true ? 'ESTABLISHED' : 'NEW')
  return !isNever && (states === undefined || isAmong !== isNot)
}

/** What a packet filter knows beside the packet: its mark, the sets of addresses, which addresses are its own, and at which rule it is. */
export type Meeting = {
  readonly mark?: number
  readonly sets?: readonly AddressSet[] | undefined
  readonly isLocal?: (address: string) => boolean
  /** Tells rules apart that match by chance. */
  readonly place?: number
}

const isIn = (sets: readonly AddressSet[] | undefined, name: string, address: string): boolean =>
  sets
    ?.find(set => set.name === name)
    ?.members.some(member => (member.includes('/') ? isInNetwork(address, member) : member === address)) ===
  true

const matchesMeeting = (
  rule: FirewallRule,
  packet: Packet,
  { mark = 0, sets, isLocal }: Meeting,
): boolean => {
  if (rule.matches === '') return true
  const wanted = wantedBy(rule)
  return (
    wanted.marks.every(({ isNot, value, mask }) => ((mark & mask) === value) !== isNot) &&
    wanted.sets.every(({ isNot, name, side }) => isIn(sets, name, packet[side]) !== isNot) &&
    wanted.locals.every(({ isNot, side }) => (isLocal?.(packet[side]) ?? false) !== isNot)
  )
}

/** Whether a rule of a packet filter matches a packet of a connection. */
export const matchRule = (rule: FirewallRule, packet: Packet, meeting: Meeting = {}): boolean =>
  (rule.protocol === '' || matchesProtocol(rule, packet)) &&
  (rule.inInterface === '' || matchesInterface(rule.inInterface, packet.inInterface)) &&
  (rule.outInterface === '' || matchesInterface(rule.outInterface, packet.outInterface)) &&
  (rule.source === '' || negatable(rule.source, plain => isInNetwork(packet.source, plain))) &&
  (rule.destination === '' || negatable(rule.destination, plain => isInNetwork(packet.destination, plain))) &&
  matchesPorts(rule, packet) &&
  matchesState(rule, packet) &&
  matchesMeeting(rule, packet, meeting) &&
  matchesShare(rule, packet, meeting.place ?? 0)
