import { type FilterPoint, filterPacket } from '../../network/filter-packet.ts'
import type { Packet } from '../../network/packet.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { FirewallChain, NetworkInterface } from '../../world/network.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const SECOND_MS = 1_000
const rates: Readonly<Record<string, number>> = {
  loopback: 900,
  ethernet: 140,
  vxlan: 45,
  ipip: 45,
  veth: 8,
  bridge: 40,
  tunnel: 10,
}
const BYTES_A_PACKET = 310

/** Counts what interfaces carry in so many seconds. */
export const countInterfaces = (interfaces: readonly NetworkInterface[], seconds: number): void => {
  for (const device of interfaces) {
    if (!device.isUp || !device.hasCarrier) continue
    const packets = Math.round((rates[device.kind] ?? 0) * seconds)
    device.received.packets += packets
    device.received.bytes += packets * BYTES_A_PACKET
    device.sent.packets += Math.round(packets * 0.92)
    device.sent.bytes += Math.round(packets * 0.92) * BYTES_A_PACKET
  }
}

const clusterPorts = [
  { protocol: 'tcp', port: 6443, perSecond: 2 },
  { protocol: 'tcp', port: 10_250, perSecond: 1 },
  { protocol: 'tcp', port: 2379, perSecond: 1 },
  { protocol: 'tcp', port: 2380, perSecond: 2 },
  { protocol: 'udp', port: 8472, perSecond: 3 },
  { protocol: 'udp', port: 4789, perSecond: 3 },
  { protocol: 'udp', port: 53, perSecond: 1 },
] as const

/** The first packets that the cluster's own programs send to and from a machine, again and again. */
const usualPackets = (
  world: World,
  machine: Machine,
): readonly (Packet & { readonly perSecond: number; readonly chain: FilterPoint })[] => {
  const own = mainAddressOf(machine)
  const device = machine.interfaces.find(one => one.kind === 'ethernet')?.name ?? ''
  const peers = [...world.machines.values()]
    .filter(other => other !== machine && other.isPowered)
    .map(mainAddressOf)
  return peers.flatMap(peer =>
    clusterPorts.flatMap(({ protocol, port, perSecond }) => [
      {
        protocol,
        port,
        perSecond,
        source: peer,
        destination: own,
        inInterface: device,
        outInterface: '',
        chain: 'INPUT' as const,
      },
      {
        protocol,
        port,
        perSecond,
        source: own,
        destination: peer,
        inInterface: '',
        outInterface: device,
        chain: 'OUTPUT' as const,
      },
    ]),
  )
}

/** What the pods of a machine send and get through it: questions for names, and calls of other pods. */
const podPackets = (
  world: World,
  machine: Machine,
): readonly (Packet & { readonly perSecond: number; readonly chain: FilterPoint })[] => {
  const addressesOn = (place: Machine): readonly string[] =>
    [place.runtime, place.planet?.runtime].flatMap(runtime =>
      (runtime?.sandboxes ?? []).flatMap(({ isHostNetwork, state, address }) =>
        isHostNetwork || state !== 'ready' || address === undefined ? [] : [address],
      ),
    )
  const own = addressesOn(machine)[0]
  if (own === undefined) return []
  const inside = {
    inInterface: 'cali0',
    outInterface: 'vxlan.calico',
    chain: 'FORWARD' as const,
    perSecond: 1,
  }
  const outside = { ...inside, inInterface: inside.outInterface, outInterface: inside.inInterface }
  const others = [...world.machines.values()]
    .filter(other => other !== machine && other.isPowered)
    .flatMap(other => addressesOn(other).slice(0, 1))
  return others.flatMap(other => [
    { ...inside, protocol: 'udp' as const, port: 53, source: own, destination: other },
    { ...inside, protocol: 'tcp', port: 8080, source: own, destination: other },
    { ...outside, protocol: 'tcp', port: 8080, source: other, destination: own },
  ])
}

const points: ReadonlySet<string> = new Set(['INPUT', 'OUTPUT', 'FORWARD'])

const refuses = ({ policy, rules }: FirewallChain): boolean =>
  policy === 'DROP' || rules.some(({ target }) => target === 'DROP' || target === 'REJECT')

/** Chains that the cluster's own agents keep: they refuse what hardly ever comes. */
const isAgents = ({ name }: FirewallChain): boolean => /^(KUBE|cali|FLANNEL|CNI|DOCKER)-/.test(name)

/** Counts where a machine refuses packets: rules that an engineer reads to see that they are hit. */
const countRefusals = (world: World, machine: Machine, seconds: number): void => {
  const { filter, mangle, raw = [], ownTables = [] } = machine.firewall
  const chains = [...filter, ...mangle, ...raw, ...ownTables.flatMap(table => table.chains)]
  const refusing = chains.filter(chain => refuses(chain) && !isAgents(chain))
  if (refusing.length === 0) return
  // Where only one of the three points refuses, what passes the others is not followed.
  const only = refusing.every(({ name }) => points.has(name))
    ? new Set(refusing.map(({ name }) => name))
    : points
  for (const packet of [...usualPackets(world, machine), ...podPackets(world, machine)]) {
    if (!only.has(packet.chain)) continue
    filterPacket(machine, packet.chain, { ...packet, counts: Math.round(packet.perSecond * seconds) })
  }
}

/** The counters of interfaces and of rules that refuse go on as time passes. */
export const countTraffic: Law = (world, passedMs) => {
  if (passedMs === 0) return
  for (const machine of world.machines.values()) {
    if (!machine.isPowered) continue
    countInterfaces(machine.interfaces, passedMs / SECOND_MS)
    countRefusals(world, machine, passedMs / SECOND_MS)
  }
}
