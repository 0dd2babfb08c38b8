import { record } from '../parsed.ts'
import type { FactValue } from '../types.ts'
import { portNumber } from './service-ports.ts'

/** A range of ports, both ends included. */
export type PortRange = { readonly from: number; readonly to: number }

/** What a packet filter's rule says, in the words of iptables whatever program printed it. */
export type FirewallRule = {
  readonly family: string
  readonly table: string | undefined
  readonly chain: string
  readonly position: number
  readonly target: string | undefined
  readonly protocol: string
  readonly source: string
  readonly destination: string
  readonly inInterface: string | undefined
  readonly outInterface: string | undefined
  readonly sourcePorts: readonly PortRange[]
  readonly destinationPorts: readonly PortRange[]
  readonly states: readonly string[]
  readonly comment: string | undefined
  readonly rejectWith: string | undefined
  /** What address or port a packet gets instead of its own: `10.0.0.5:8080`, `9090`. */
  readonly translatedTo: string | undefined
  /** What else it looks at, as printed; `any` where it looks at nothing else. */
  readonly match: string
  readonly packets: number | undefined
  readonly bytes: number | undefined
}

/** A rule as the value of a fact. */
export const ruleFact = (rule: FirewallRule): FactValue => record(rule)

const protocolNames: Readonly<Record<string, string>> = {
  '0': 'all',
  '1': 'icmp',
  '2': 'igmp',
  '4': 'ipencap',
  '6': 'tcp',
  '17': 'udp',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'icmpv6',
  '89': 'ospf',
  '112': 'vrrp',
  '132': 'sctp',
  '136': 'udplite',
  'ipv6-icmp': 'icmpv6',
  ip: 'all',
}

/** A protocol by name: iptables 1.8.9 prints the number where older ones print the name. A leading `!` stays. */
export const protocolName = (text: string): string => {
  const [mark, name] = text.startsWith('!') ? ['!', text.slice(1)] : ['', text]
  return mark + (protocolNames[name] ?? name)
}

const HIGHEST_PORT = 65535

const rangeOf = (text: string): PortRange | undefined => {
  const [first = '', last = first] = text.trim().split(/[:-](?=\d|$)/)
  const from = first === '' ? 0 : portNumber(first)
  const to = last === '' ? HIGHEST_PORT : portNumber(last)
  return from === undefined || to === undefined ? undefined : { from, to }
}

const allBut = (ranges: readonly PortRange[]): readonly PortRange[] => {
  const sorted = ranges.toSorted((a, b) => a.from - b.from)
  const starts = [0, ...sorted.map(range => range.to + 1)]
  return starts
    .map((from, index) => ({ from, to: (sorted[index]?.from ?? HIGHEST_PORT + 1) - 1 }))
    .filter(({ from, to }) => from <= to)
}

/**
 * Ports of a list such as `80,443,30000:32767` or `{ 80, 443, 30000-32767 }`; after `!` all others. What is no port is left out.
 */
export const portRanges = (text: string | undefined): readonly PortRange[] => {
  const ranges = (text ?? '')
    .replace(/[!{}\s]/g, '')
    .split(',')
    .filter(part => part !== '')
    .flatMap(part => rangeOf(part) ?? [])
  return text?.startsWith('!') && ranges.length > 0 ? allBut(ranges) : ranges
}
