import type { FirewallRule } from '../world/network.ts'
import { isInNetwork } from './addresses.ts'
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

/** Whether a port is in a list such as `80,443,30000:32767`. */
const isPortIn = (list: string, port: number): boolean =>
  list.split(',').some(part => {
    const [from = '', to = from] = part.split(':')
    return port >= Number(from) && port <= Number(to)
  })

const matchesPorts = ({ matches, destinationPort }: FirewallRule, { port }: Packet): boolean => {
  const list = /--(?:dports|dport|destination-port)\s+(\S+)/.exec(matches)
  if (list !== null) return isPortIn(list[1] ?? '', port)
  return destinationPort === undefined || destinationPort === port
}

/** Matches on the state of the connection; those on marks, sets and source ports never match. */
const matchesState = ({ matches }: FirewallRule, { isReply }: Packet): boolean => {
  const [, not, states] = /(!\s+)?--(?:ctstate|state)\s+(\S+)/.exec(matches) ?? []
  const isAmong = states?.split(',').includes(isReply === true ? 'ESTABLISHED' : 'NEW')
  if (states !== undefined && isAmong === (not !== undefined)) return false
  return !/--(?:mark|match-set|sport|dst-type|src-type|ctorigdst|tcp-flags)\b/.test(matches)
}

/** Whether a rule of a packet filter matches a first packet of a connection. */
export const matchRule = (rule: FirewallRule, packet: Packet): boolean =>
  matchesProtocol(rule, packet) &&
  negatable(rule.source, plain => isInNetwork(packet.source, plain)) &&
  negatable(rule.destination, plain => isInNetwork(packet.destination, plain)) &&
  matchesInterface(rule.inInterface, packet.inInterface) &&
  matchesInterface(rule.outInterface, packet.outInterface) &&
  matchesPorts(rule, packet) &&
  matchesState(rule, packet)
