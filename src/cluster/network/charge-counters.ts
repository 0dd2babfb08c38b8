import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { NetworkInterface } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { chainNamed } from './chain-named.ts'
import { countPassing } from './count-translation.ts'
import { type FilterPoint, filterPacket } from './filter-packet.ts'
import type { Packet } from './packet.ts'
import { podDevice } from './pod-port.ts'

/** Packets of one kind that a machine has seen: at which point, how many, and whether they begin connections. */
type Traffic = Packet & { readonly at: FilterPoint; readonly isTunnel?: true }

/** What an interface has carried since the counters were last charged. */
type Carried = { readonly name: string; readonly kind: string; readonly in: number; readonly out: number }

const SECOND_MS = 1_000
/** What the interfaces count for each of their packets. */
const BYTES = 310
/** Which part of a pod's packets begin a connection. */
const FIRST_SHARE = 0.06

const clusterPorts = [
  { protocol: 'tcp', port: 6443, perSecond: 2 },
  { protocol: 'tcp', port: 10_250, perSecond: 1 },
  { protocol: 'tcp', port: 2379, perSecond: 1 },
  { protocol: 'tcp', port: 2380, perSecond: 2 },
  { protocol: 'udp', port: 53, perSecond: 1 },
] as const

const etcdPorts: ReadonlySet<number> = new Set([2379, 2380])

/** The ports by which two machines speak to each other: etcd's only among its members. */
const portsBetween = (
  world: World,
  machines: readonly Machine[],
): readonly (typeof clusterPorts)[number][] => {
  const isMember = ({ name }: Machine): boolean => world.etcd.members.some(({ machine }) => machine === name)
  return machines.every(isMember) ? clusterPorts : clusterPorts.filter(({ port }) => !etcdPorts.has(port))
}

const carriedSince = (machine: Machine): readonly Carried[] => {
  const before = machine.firewall.counted?.carried ?? {}
  return machine.interfaces.map(({ name, kind, received, sent }) => {
    const known = before[name]
    // One that was made anew, or whose machine has started again, counts from nought.
    const isSame = known !== undefined && known.in <= received.packets && known.out <= sent.packets
    return {
      name,
      kind,
      in: received.packets - (isSame ? known.in : 0),
      out: sent.packets - (isSame ? known.out : 0),
    }
  })
}

const firstPackets = (world: World, machine: Machine, seconds: number): readonly Traffic[] => {
  const own = mainAddressOf(machine)
  const device = machine.interfaces.find(({ kind }) => kind === 'ethernet')?.name ?? ''
  return [...world.machines.values()]
    .filter(other => other !== machine && other.isPowered)
    .flatMap(other => {
      const peer = mainAddressOf(other)
      return portsBetween(world, [machine, other]).flatMap(({ protocol, port, perSecond }) => {
        const counts = Math.round(perSecond * seconds)
        const both = { protocol, port, counts }
        return [
          { ...both, at: 'INPUT', source: peer, destination: own, inInterface: device, outInterface: '' },
          { ...both, at: 'OUTPUT', source: own, destination: peer, inInterface: '', outInterface: device },
        ] as const
      })
    })
}

/** A tunnel's interface, with what it has carried. */
type Tunnel = { readonly device: NetworkInterface; readonly own: Carried }

const tunnelPackets = (
  world: World,
  machine: Machine,
  { device: { vxlan, kind }, own: { in: came, out: went } }: Tunnel,
) => {
  const own = mainAddressOf(machine)
  const peer = [...world.machines.values()].find(
    ({ name, runtime, planet }) => name !== machine.name && (planet?.runtime ?? runtime) !== undefined,
  )
  if (peer === undefined) return []
  const other = mainAddressOf(peer)
  const protocol = kind === 'ipip' ? ('ipencap' as const) : ('udp' as const)
  const card = vxlan?.device ?? ''
  const both = { isTunnel: true as const, protocol, port: vxlan?.port ?? 0, bytes: BYTES + 50 }
  return [
    {
      ...both,
      at: 'INPUT',
      counts: came,
      source: other,
      destination: own,
      inInterface: card,
      outInterface: '',
    },
    {
      ...both,
      at: 'OUTPUT',
      counts: went,
      source: own,
      destination: other,
      inInterface: '',
      outInterface: card,
    },
  ] as const
}

/** What belongs to connections that have been there: all that an interface carried beside what begins one, and beside the tunnel's. */
const laterPackets = (
  machine: Machine,
  { name, kind, in: came, out: went }: Carried,
  less: number,
): readonly Traffic[] => {
  const own = kind === 'loopback' ? '127.0.0.1' : mainAddressOf(machine)
  const both = {
    protocol: 'tcp',
    port: 40_000,
    sourcePort: 6443,
    isReply: true,
    bytes: BYTES,
    source: own,
    destination: own,
  } as const
  return [
    { ...both, at: 'INPUT', counts: Math.max(0, came - less), inInterface: name, outInterface: '' },
    { ...both, at: 'OUTPUT', counts: Math.max(0, went - less), inInterface: '', outInterface: name },
  ]
}

/** Which part of a pod's packets one way begin connections: where a policy picks among them, those that come often are old ones. */
const firstShare = ({ firewall }: Machine, chain: string): number =>
  chainNamed(firewall.filter, chain)?.rules.some(({ target }) => /^cali-p[io]-/.test(target)) === true
    ? 0
    : FIRST_SHARE

/** Which part of what a pod begins leads out of the network of the pods. */
const OUT_SHARE = 0.2

const podPackets = (
  world: World,
  machine: Machine,
  carried: ReadonlyMap<string, Carried>,
): readonly Traffic[] => {
  const elsewhere = world.kube.podCidr.split('/')[0] ?? ''
  const card = machine.interfaces.find(({ kind }) => kind === 'ethernet')?.name ?? ''
  const sandboxes = [machine.runtime, machine.planet?.runtime].flatMap(runtime => runtime?.sandboxes ?? [])
  const beyond = machine.interfaces.find(({ kind }) => kind === 'vxlan' || kind === 'ipip')?.name ?? ''
  const pods = sandboxes.filter(
    ({ isHostNetwork, state, address }) => !isHostNetwork && state === 'ready' && address !== undefined,
  )
  const bridge = carried.get('cni0')
  return pods.flatMap(sandbox => {
    const device = podDevice(machine, sandbox)
    const own = carried.get(device)
    const came = (own?.in ?? 0) / (own === bridge ? pods.length : 1)
    const went = (own?.out ?? 0) / (own === bridge ? pods.length : 1)
    const from = {
      at: 'FORWARD',
      protocol: 'tcp',
      port: 8080,
      source: sandbox.address ?? '',
      destination: elsewhere,
      inInterface: device,
      outInterface: beyond,
    } as const
    const to = {
      ...from,
      source: elsewhere,
      destination: sandbox.address ?? '',
      inInterface: beyond,
      outInterface: device,
    }
    const firstCame = Math.round(came * firstShare(machine, `cali-fw-${device}`))
    const firstWent = Math.round(went * firstShare(machine, `cali-tw-${device}`))
    const out = Math.round(firstCame * OUT_SHARE)
    return [
      { ...from, counts: firstCame - out },
      { ...from, destination: world.fabric.gateway, outInterface: card, counts: out },
      { ...to, counts: firstWent },
      { ...from, isReply: true, bytes: BYTES, counts: Math.round(came - firstCame) },
      { ...to, isReply: true, bytes: BYTES, counts: Math.round(went - firstWent) },
    ] as const
  })
}

const natChains = {
  INPUT: ['PREROUTING', 'INPUT'],
  OUTPUT: ['OUTPUT', 'POSTROUTING'],
  FORWARD: ['PREROUTING', 'POSTROUTING'],
} as const

const charge = (machine: Machine, { at, isTunnel, ...packet }: Traffic): void => {
  if (packet.counts === 0) return
  const verdict = filterPacket(machine, at, packet)
  // Only what begins a connection passes the table nat, which the packets of a tunnel do once and for all.
  if (packet.isReply === true || isTunnel === true) return
  const [first, last] = natChains[at]
  countPassing(machine, first, packet)
  if (verdict.kind === 'accept') countPassing(machine, last, packet)
}

/**
 * Brings the counters of a machine's packet filter up to now, before somebody reads or changes it: what its interfaces have carried since
 * the last time has met its rules as they are.
 */
export const chargeCounters = (world: World, machine: Machine): void => {
  const { counted } = machine.firewall
  const seconds = (world.nowMs - Math.max(counted?.atMs ?? 0, machine.bootedMs)) / SECOND_MS
  if (seconds <= 0 || !machine.isPowered) return
  const carried = carriedSince(machine)
  const first = firstPackets(world, machine, seconds)
  const tunnels = machine.interfaces
    .map((device, at) => ({ device, own: carried[at] }))
    .filter(({ device }) => device.kind === 'vxlan' || device.kind === 'ipip')
    .flatMap(({ device, own }) => (own === undefined ? [] : tunnelPackets(world, machine, { device, own })))
  const less = [...first, ...tunnels].reduce(
    (sum, { at, counts = 0 }) => sum + (at === 'INPUT' ? counts : 0),
    0,
  )
  const later = carried
    .filter(({ kind }) => kind === 'ethernet' || kind === 'loopback')
    .flatMap(own => laterPackets(machine, own, own.kind === 'ethernet' ? less : 0))
  const pods = podPackets(world, machine, new Map(carried.map(own => [own.name, own])))
  for (const traffic of [...first, ...tunnels, ...later, ...pods]) charge(machine, traffic)
  machine.firewall.counted = {
    atMs: world.nowMs,
    carried: Object.fromEntries(
      machine.interfaces.map(({ name, received, sent }) => [
        name,
        { in: received.packets, out: sent.packets },
      ]),
    ),
  }
}
