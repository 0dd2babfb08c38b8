import type { FirewallChain, FirewalldZone, FirewallRule } from '../world/network.ts'
import { chain, ruleOf } from './firewall-rule.ts'

/** The zone of what no other zone names. */
export const DEFAULT_ZONE = 'public'

/** Ports of the services that zones name, as firewalld defines them. That of DHCP over IPv6 opens nothing here. */
const servicePorts: Readonly<Record<string, readonly string[]>> = {
  ssh: ['22/tcp'],
  http: ['80/tcp'],
  https: ['443/tcp'],
  dns: ['53/tcp', '53/udp'],
  cockpit: ['9090/tcp'],
  ntp: ['123/udp'],
  nfs: ['2049/tcp'],
  'kube-apiserver': ['6443/tcp'],
  'etcd-client': ['2379/tcp'],
  'etcd-server': ['2380/tcp'],
}

/** What a chain of a zone is called where packets enter, pass in, pass out, and where their addresses change. */
const shortNames = {
  INPUT: 'IN',
  FORWARD_IN: 'FWDI',
  FORWARD_OUT: 'FWDO',
  PREROUTING: 'PRE',
  POSTROUTING: 'POST',
} as const

/** A point at which packets are sorted into zones. */
export type ZonePoint = keyof typeof shortNames

/** Whether a zone has packets of its own. */
export const isActive = ({ interfaces, sources }: FirewalldZone): boolean =>
  interfaces.length > 0 || sources.length > 0

const isFresh = '-m conntrack --ctstate NEW,UNTRACKED'
const REJECTION = '--reject-with icmp-host-prohibited'

const portRule = (entry: string): FirewallRule => {
  const [range = '', protocol = ''] = entry.split('/')
  return ruleOf({
    protocol,
    matches: `-m ${protocol} --dport ${range.replace('-', ':')} ${isFresh}`,
    target: 'ACCEPT',
  })
}

const portsOf = ({ services, ports }: FirewalldZone): readonly string[] => [
  ...services.flatMap(service => servicePorts[service] ?? []),
  ...ports,
]

/** The rules of a rich rule: for a source, a service or a port, accepted or not. */
const richRules = (zone: FirewalldZone, isAccepted: boolean): readonly FirewallRule[] =>
  zone.richRules.flatMap(text => {
    const [action = ''] = /\b(accept|reject|drop)\b\s*$/.exec(text) ?? []
    if ((action.trim() === 'accept') !== isAccepted) return []
    const source = /source (not )?address="?([^"\s]+)/.exec(text)
    const [, service = ''] = /service name="?([^"\s]+)/.exec(text) ?? []
    const [, port, protocol] = /port port="?([^"\s]+?)"? protocol="?([^"\s]+)/.exec(text) ?? []
    const ports = port === undefined ? (servicePorts[service] ?? []) : [`${port}/${protocol}`]
    const changes = {
      source: source === null ? '' : `${source[1] === undefined ? '' : '! '}${source[2]}`,
      target: action.trim().toUpperCase(),
      targetOptions: action.trim() === 'reject' ? '--reject-with icmp-port-unreachable' : '',
    }
    return ports.length === 0 ? [ruleOf(changes)] : ports.map(entry => ({ ...portRule(entry), ...changes }))
  })

const isFilter = (point: ZonePoint): boolean => point !== 'PREROUTING' && point !== 'POSTROUTING'

/** What a zone says of packets that no port decides. */
const lastRules = ({ target }: FirewalldZone, point: ZonePoint): readonly FirewallRule[] => {
  if (!isFilter(point)) return []
  if (target === 'default')
    return point === 'FORWARD_OUT' ? [] : [ruleOf({ protocol: 'icmp', target: 'ACCEPT' })]
  return target === '%%REJECT%%'
    ? [ruleOf({ target: 'REJECT', targetOptions: REJECTION })]
    : [ruleOf({ target })]
}

const chainName = (zone: FirewalldZone, point: ZonePoint): string => `${shortNames[point]}_${zone.name}`

/** The chains of a zone at a point. */
const zoneChains = (zone: FirewalldZone, point: ZonePoint): readonly FirewallChain[] => {
  const name = chainName(zone, point)
  const isInput = point === 'INPUT'
  return [
    chain(name, [
      ...['log', 'deny', 'allow'].map(part => ruleOf({ target: `${name}_${part}` })),
      ...lastRules(zone, point),
    ]),
    chain(`${name}_allow`, isInput ? [...portsOf(zone).map(portRule), ...richRules(zone, true)] : []),
    chain(`${name}_deny`, isInput ? richRules(zone, false) : []),
    chain(`${name}_log`),
  ]
}

/** How packets are sorted into zones at a point: by their addresses, then by their interfaces; the rest is the default zone's. */
const sorting = (zones: readonly FirewalldZone[], point: ZonePoint): readonly FirewallChain[] => {
  const leaves = point === 'FORWARD_OUT' || point === 'POSTROUTING'
  const toZone = (zone: FirewalldZone, changes: Partial<FirewallRule>): FirewallRule =>
    ruleOf({ target: chainName(zone, point), isGoto: true, ...changes })
  return [
    chain(
      `${point}_ZONES`,
      zones
        .flatMap(zone => [
          ...zone.interfaces.map(name => toZone(zone, { [leaves ? 'outInterface' : 'inInterface']: name })),
        ])
        .concat(zones.filter(({ name }) => name === DEFAULT_ZONE).map(zone => toZone(zone, {}))),
    ),
    chain(
      `${point}_ZONES_SOURCE`,
      zones.flatMap(zone =>
        zone.sources.map(source => toZone(zone, { [leaves ? 'destination' : 'source']: source })),
      ),
    ),
  ]
}

/** The chains of the zones in use at some points of a table. */
export const chainsOfZones = (
  zones: readonly FirewalldZone[],
  points: readonly ZonePoint[],
): readonly FirewallChain[] => {
  const inUse = zones
    .filter(zone => zone.name === DEFAULT_ZONE || isActive(zone))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return points.flatMap(point => [
    ...sorting(inUse, point),
    ...inUse.flatMap(zone => zoneChains(zone, point)),
  ])
}
