import type { Machine } from '../world/machine.ts'
import type { FirewalldZone } from '../world/network.ts'
import { isInNetwork } from './addresses.ts'
import type { FilterVerdict, Packet } from './packet.ts'

const accept: FilterVerdict = { kind: 'accept' }
const reject: FilterVerdict = { kind: 'reject', answer: 'icmp-host-prohibited' }

/** Ports of the services that zones name, as firewalld defines them. */
const servicePorts: Readonly<Record<string, readonly string[]>> = {
  ssh: ['22/tcp'],
  http: ['80/tcp'],
  https: ['443/tcp'],
  dns: ['53/tcp', '53/udp'],
  'dhcpv6-client': ['546/udp'],
  cockpit: ['9090/tcp'],
  ntp: ['123/udp'],
  nfs: ['2049/tcp'],
  'kube-apiserver': ['6443/tcp'],
  'etcd-client': ['2379/tcp'],
  'etcd-server': ['2380/tcp'],
}

const isRunning = (machine: Machine): boolean => machine.units.get('firewalld.service')?.active === 'active'

/** The zone that takes a packet: one that names its source, else the one of the interface, else the first. */
const zoneFor = (zones: readonly FirewalldZone[], packet: Packet): FirewalldZone | undefined =>
  zones.find(zone => zone.sources.some(source => isInNetwork(packet.source, source))) ??
  zones.find(zone => zone.interfaces.includes(packet.inInterface)) ??
  zones[0]

const opens = (zone: FirewalldZone, { port, protocol }: Packet): boolean =>
  [...zone.ports, ...zone.services.flatMap(service => servicePorts[service] ?? [])].some(entry => {
    const [range = '', kind] = entry.split('/')
    const [from = '', to = from] = range.split('-')
    return kind === protocol && port >= Number(from) && port <= Number(to)
  })

/** What firewalld does with a packet that enters a machine or passes through it; accepts when its unit does not run. */
export const filterByZones = (
  machine: Machine,
  point: 'INPUT' | 'FORWARD',
  packet: Packet,
): FilterVerdict => {
  if (!isRunning(machine) || packet.inInterface === 'lo' || packet.isReply === true) return accept
  const zone = zoneFor(machine.firewall.firewalld, packet)
  if (zone === undefined || zone.target === 'ACCEPT') return accept
  if (packet.protocol === 'icmp' && zone.target === 'default') return accept
  if (point === 'INPUT' && opens(zone, packet)) return accept
  return zone.target === 'DROP' ? { kind: 'drop' } : reject
}
