import { type ProtocolCounters, protocolCounters } from '../../relations/protocol-counters.ts'
import type { Call } from '../../shell/program.ts'

/** A line of a section: its counter, and what stands behind the number or in front of it. */
type Line = readonly [counter: string, words: string]

const sections: readonly (readonly [string, readonly Line[]])[] = [
  [
    'Ip',
    [
      ['IpForwarding', 'Forwarding: '],
      ['IpInReceives', ' total packets received'],
      ['IpInAddrErrors', ' with invalid addresses'],
      ['IpForwDatagrams', ' forwarded'],
      ['IpInDiscards', ' incoming packets discarded'],
      ['IpInDelivers', ' incoming packets delivered'],
      ['IpOutRequests', ' requests sent out'],
    ],
  ],
  [
    'Icmp',
    [
      ['IcmpInMsgs', ' ICMP messages received'],
      ['IcmpInErrors', ' input ICMP message failed'],
      ['', 'ICMP input histogram:'],
      ['IcmpInDestUnreachs', '    destination unreachable: '],
      ['IcmpInEchos', '    echo requests: '],
      ['IcmpOutMsgs', ' ICMP messages sent'],
      ['IcmpInErrors', ' ICMP messages failed'],
      ['', 'ICMP output histogram:'],
      ['IcmpOutDestUnreachs', '    destination unreachable: '],
      ['IcmpOutEchoReps', '    echo replies: '],
    ],
  ],
  [
    'Tcp',
    [
      ['TcpActiveOpens', ' active connection openings'],
      ['TcpPassiveOpens', ' passive connection openings'],
      ['TcpAttemptFails', ' failed connection attempts'],
      ['TcpEstabResets', ' connection resets received'],
      ['TcpCurrEstab', ' connections established'],
      ['TcpInSegs', ' segments received'],
      ['TcpOutSegs', ' segments sent out'],
      ['TcpRetransSegs', ' segments retransmitted'],
      ['TcpInErrs', ' bad segments received'],
      ['TcpOutRsts', ' resets sent'],
    ],
  ],
  [
    'Udp',
    [
      ['UdpInDatagrams', ' packets received'],
      ['UdpNoPorts', ' packets to unknown port received'],
      ['UdpInErrors', ' packet receive errors'],
      ['UdpOutDatagrams', ' packets sent'],
      ['UdpRcvbufErrors', ' receive buffer errors'],
      ['UdpSndbufErrors', ' send buffer errors'],
    ],
  ],
  [
    'TcpExt',
    [
      ['TcpExtTW', ' TCP sockets finished time wait in fast timer'],
      ['TcpExtTCPTimeouts', 'TCPTimeouts: '],
      ['TcpExtTCPSynRetrans', 'TCPSynRetrans: '],
    ],
  ],
  [
    'IpExt',
    [
      ['IpExtInOctets', 'InOctets: '],
      ['IpExtOutOctets', 'OutOctets: '],
    ],
  ],
]

const lineOf = (counters: ProtocolCounters, [counter, words]: Line): string => {
  const value = String(counters[counter] ?? '')
  return `    ${words.startsWith(' ') && !words.startsWith('    ') ? value + words : words + value}\n`
}

/** `netstat -s`: what the kernel has counted; `-t` and `-u` ask for one protocol's part. */
export const netstatCounters = ({ world, host }: Call, protocols: readonly string[]): string => {
  const counters = protocolCounters(world, host)
  const isWanted = (name: string): boolean =>
    protocols.length === 0 || protocols.some(protocol => name.toLowerCase().startsWith(protocol))
  return sections
    .filter(([name]) => isWanted(name))
    .map(([name, lines]) => `${name}:\n${lines.map(line => lineOf(counters, line)).join('')}`)
    .join('')
}
