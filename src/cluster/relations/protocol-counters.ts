import { establishedOf } from '../network/established.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { listenersOf } from './listeners.ts'
import { sysctlsOf } from './sysctls.ts'

/** What a kernel has counted of its protocols since the boot, by the names of /proc/net/snmp and netstat. */
export type ProtocolCounters = Readonly<Record<string, number>>

/** Of the packets of a server, those of TCP and of UDP; the rest are the control messages of both. */
const TCP_SHARE = 0.93
const UDP_SHARE = 0.06
/** What a healthy network has sent twice, a part of all segments. */
const USUAL_RESENT = 0.000_04
const OPENS_PER_MINUTE = 22

const sum = (values: readonly number[]): number => Math.round(values.reduce((all, value) => all + value, 0))

const dropsOf = ({ firewall }: Machine): number =>
  sum(
    [...firewall.filter, ...(firewall.raw ?? [])].flatMap(({ rules }) =>
      rules.filter(({ target }) => target === 'DROP').map(({ packets }) => packets),
    ),
  )

/** Which part of a machine's segments is lost on its way: by the fabric, and by the queues of its interfaces. */
const lossOf = ({ fabric }: World, { interfaces }: Machine): number =>
  Math.max(fabric.lossPercent, ...interfaces.map(({ queue }) => queue?.lossPercent ?? 0)) / 100

/** Whether a machine has forwarded since its boot, even where that is forbidden now. */
const carriesPods = ({ planet, runtime }: Machine): boolean => (planet?.runtime ?? runtime) !== undefined

/** The counters of a machine's own network stack. They follow its interfaces' traffic, its connections and what gets lost. */
export const protocolCounters = (world: World, machine: Machine): ProtocolCounters => {
  const received = sum(machine.interfaces.map(each => each.received.packets))
  const sent = sum(machine.interfaces.map(each => each.sent.packets))
  const errors = sum(machine.interfaces.map(each => each.received.errors))
  const minutes = (world.nowMs - machine.bootedMs) / 60_000
  const open = establishedOf(world, machine)
  const held = listenersOf(world, machine).length
  const waiting = open.filter(({ state }) => state === 'SYN-SENT').length
  const outSegments = Math.round(sent * TCP_SHARE)
  const resent = Math.round(outSegments * (USUAL_RESENT + lossOf(world, machine))) + waiting * 6
  const isForwarding = sysctlsOf(machine).get('net.ipv4.ip_forward') === '1'
  const opens = Math.round(minutes * OPENS_PER_MINUTE)
  return {
    IpForwarding: isForwarding ? 1 : 2,
    IpInReceives: received,
    IpInAddrErrors: 0,
    IpForwDatagrams: isForwarding || carriesPods(machine) ? Math.round(received * 0.02) : 0,
    IpInDiscards: dropsOf(machine),
    IpInDelivers: received - dropsOf(machine),
    IpOutRequests: sent,
    IcmpInMsgs: Math.round(minutes * 0.8),
    IcmpInErrors: 0,
    IcmpInDestUnreachs: Math.round(minutes * 0.5),
    IcmpInEchos: Math.round(minutes * 0.3),
    IcmpOutMsgs: Math.round(minutes * 0.8),
    IcmpOutDestUnreachs: Math.round(minutes * 0.5),
    IcmpOutEchoReps: Math.round(minutes * 0.3),
    TcpActiveOpens: opens,
    TcpPassiveOpens: opens * Math.max(1, Math.round(held / 4)),
    TcpAttemptFails: Math.round(opens * 0.004) + waiting * 3,
    TcpEstabResets: Math.round(opens * 0.06),
    TcpCurrEstab: open.length - waiting,
    TcpInSegs: Math.round(received * TCP_SHARE),
    TcpOutSegs: outSegments,
    TcpRetransSegs: resent,
    TcpInErrs: errors,
    TcpOutRsts: Math.round(opens * 0.09),
    UdpInDatagrams: Math.round(received * UDP_SHARE),
    UdpNoPorts: Math.round(minutes * 0.4),
    UdpInErrors: 0,
    UdpOutDatagrams: Math.round(sent * UDP_SHARE),
    UdpRcvbufErrors: 0,
    UdpSndbufErrors: 0,
    TcpExtTW: Math.round(opens * 0.7),
    TcpExtTCPTimeouts: Math.round(resent * 0.3),
    TcpExtTCPSynRetrans: Math.round(resent * 0.05) + waiting * 6,
    TcpExtListenOverflows: 0,
    TcpExtListenDrops: 0,
    TcpExtIPReversePathFilter: 0,
    IpExtInOctets: sum(machine.interfaces.map(each => each.received.bytes)),
    IpExtOutOctets: sum(machine.interfaces.map(each => each.sent.bytes)),
  }
}
