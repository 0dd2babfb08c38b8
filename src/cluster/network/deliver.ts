import { findMachine, hasAddress, mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { Route } from '../world/network.ts'
import type { OutsideHost, World } from '../world/world.ts'
import { isInNetwork, isLoopback } from './addresses.ts'
import { crossOverlay, tunnelTo } from './cross-overlay.ts'
import { crossWire } from './cross-wire.ts'
import { isCrowdedOut } from './crowd-out.ts'
import { luckOf, mix } from './draw.ts'
import { type FilterPoint, filterPacket } from './filter-packet.ts'
import { findRoute, interfaceOf, isWorking } from './find-route.ts'
import { lineQuality } from './line-quality.ts'
import { isForbidden } from './network-policy.ts'
import { type Obstacle, obstacleOf } from './obstacle.ts'
import type { Packet } from './packet.ts'
import { isCutShort } from './pod-port.ts'
import { refusedRoute } from './refused-route.ts'
import { podAt, type Station, stationOf } from './station.ts'

/** What is sent: from a stack to an address. `bytes` is the size of the IP packet, `port` that of the destination. */
export type Sending = {
  readonly from: Machine
  readonly address: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly port: number
  readonly bytes?: number
  /** Which of several packets of one moment it is: each has its own luck. */
  readonly sequence?: number
  /** Since when the sender has held this connection, where it is not new. */
  readonly heldSinceMs?: number | undefined
}

/** Where a packet arrived, or what it met. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly to: Station; readonly latencyMs: number; readonly hops: number }
  | { readonly kind: 'outside'; readonly outside: OutsideHost; readonly latencyMs: number }
  | Obstacle

const SMALL_BYTES = 60
const NEAR_MS = 0.4
const HERE_MS = 0.05

type Way = Sending & {
  readonly world: World
  readonly start: Station
  readonly source: string
  readonly bytes: number
  readonly luck: number
}

/** What connection tracking and a filter on the way say, asked as the packet that they see. Only a new connection needs a place in the table. */
const pass = (
  machine: Machine,
  point: FilterPoint,
  packet: Omit<Packet, 'inInterface' | 'outInterface'> & { readonly device: string },
): Obstacle | undefined => {
  if (packet.isReply !== true && isCrowdedOut(machine, packet)) return { kind: 'lost', isByChance: true }
  const { device, ...rest } = packet
  const devices = {
    inInterface: point === 'OUTPUT' ? '' : device,
    outInterface: point === 'INPUT' ? '' : device,
  }
  return obstacleOf(filterPacket(machine, point, { ...rest, ...devices }), mainAddressOf(machine))
}

const packetOf = ({ protocol, source, address, port, luck, heldSinceMs }: Way) => ({
  protocol,
  source,
  destination: address,
  port,
  luck,
  heldSinceMs,
})

/** The answer to a packet, as filters on its way back see it. */
const replyOf = ({ protocol, source, address, port, luck }: Way) =>
  ({
    protocol,
    source: address,
    destination: source,
    port: 40_000,
    sourcePort: port,
    isReply: true,
    luck: mix(luck, 1),
  }) as const

const FORWARDING = 'net.ipv4.ip_forward'

/** Whether a machine passes on what is not for itself. */
const forwards = (machine: Machine): boolean => machine.sysctls.get(FORWARDING) === '1'

/** What stands between a sender and the wire of its machine. */
const leave = (way: Way, device: string): Obstacle | undefined => {
  const { host, sandbox } = way.start
  if (sandbox === undefined) return pass(host, 'OUTPUT', { ...packetOf(way), device })
  if (!forwards(host)) return { kind: 'lost' }
  return pass(host, 'FORWARD', { ...packetOf(way), device })
}

/** What stands between the wire and a machine itself, and on the way back. */
const enter = (way: Way, to: Machine): Obstacle | undefined => {
  const device = to.interfaces.find(i => i.kind === 'ethernet')?.name ?? ''
  return (
    pass(to, 'INPUT', { ...packetOf(way), device }) ??
    pass(to, 'OUTPUT', { ...replyOf(way), device }) ??
    (way.start.sandbox === undefined
      ? pass(way.start.host, 'INPUT', { ...replyOf(way), device: deviceTo(way.start.host, way.address) })
      : undefined)
  )
}

/** What filters say of a packet that a machine sends to itself, and of the answer. */
const passLoopback = (way: Way): Obstacle | undefined => {
  const { host } = way.start
  return (
    pass(host, 'OUTPUT', { ...packetOf(way), device: 'lo' }) ??
    pass(host, 'INPUT', { ...packetOf(way), device: 'lo' }) ??
    pass(host, 'OUTPUT', { ...replyOf(way), device: 'lo' }) ??
    pass(host, 'INPUT', { ...replyOf(way), device: 'lo' })
  )
}

const deviceTo = (machine: Machine, address: string): string => findRoute(machine, address)?.device ?? ''

const arrived = (to: Station): Delivery => ({ kind: 'delivered', to, latencyMs: HERE_MS, hops: 0 })

const lostIf = (isLost: boolean): Obstacle | undefined => (isLost ? { kind: 'lost' } : undefined)

/** To a pod on the sender's own machine: over the bridge or the pods' own routes, without forwarding between machines. */
const deliverHere = (way: Way, to: Station): Delivery => {
  const { host, sandbox } = way.start
  const obstacle =
    lostIf(isForbidden(way.world, { from: way.start, to, ...packetOf(way) })) ??
    pass(host, sandbox === undefined ? 'OUTPUT' : 'FORWARD', { ...packetOf(way), device: 'cali+' })
  return obstacle ?? arrived(to)
}

/** What lies between two machines: the wire, or the tunnel that the route leads into. */
const cross = ({ world, start, bytes }: Way, route: Route, to: Machine): Obstacle | undefined => {
  const tunnel = tunnelTo(start.host, route)
  return tunnel === undefined
    ? crossWire(world, { from: start.host, to, bytes })
    : crossOverlay(world, { from: start.host, to, tunnel, bytes })
}

/** To a pod on another machine: through the tunnel between them, or routed over the wire. */
const deliverToPod = (way: Way, to: Station): Delivery => {
  const { world, start } = way
  const route = findRoute(start.host, way.address)
  const refusal = refusedRoute(start, route)
  if (route === undefined || refusal !== undefined) return refusal ?? { kind: 'network-unreachable' }
  const left = leave(way, route.device)
  if (left !== undefined) return left
  if (route.to === 'default') return { kind: 'lost' }
  const obstacle =
    cross(way, route, to.host) ??
    lostIf(!forwards(to.host)) ??
    lostIf(isForbidden(world, { from: start, to, ...packetOf(way) })) ??
    pass(to.host, 'FORWARD', { ...packetOf(way), device: route.device })
  return obstacle ?? { kind: 'delivered', to, latencyMs: NEAR_MS + 0.2, hops: 2 }
}

const deliverToMachine = (way: Way, to: Machine): Delivery => {
  const { world, start } = way
  const route = findRoute(start.host, way.address)
  const refusal = refusedRoute(start, route)
  if (route === undefined || refusal !== undefined) return refusal ?? { kind: 'network-unreachable' }
  if (!isWorking(interfaceOf(start.host, route.device)))
    return { kind: 'host-unreachable', by: mainAddressOf(start.host) }
  const obstacle =
    lostIf(isForbidden(world, { from: start, to: { host: to, sandbox: undefined }, ...packetOf(way) })) ??
    leave(way, route.device) ??
    cross(way, route, to) ??
    enter(way, to)
  return obstacle ?? { kind: 'delivered', to: { host: to, sandbox: undefined }, latencyMs: NEAR_MS, hops: 1 }
}

const deliverOutside = (way: Way): Delivery => {
  const { world, start, address } = way
  const route = findRoute(start.host, address)
  const refusal = refusedRoute(start, route)
  if (route === undefined || refusal !== undefined) return refusal ?? { kind: 'network-unreachable' }
  const nowhere = { host: start.host, sandbox: undefined }
  const left =
    lostIf(isForbidden(world, { from: start, to: nowhere, ...packetOf(way) })) ?? leave(way, route.device)
  if (left !== undefined) return left
  const outside = world.fabric.outside.find(candidate => candidate.address === address)
  const isNear = isInNetwork(address, world.fabric.subnet)
  if (isNear && outside?.isUp !== true) return { kind: 'host-unreachable', by: mainAddressOf(start.host) }
  if (!isNear && (route.via !== world.fabric.gateway || !world.fabric.hasInternet)) return { kind: 'lost' }
  const back = pass(start.host, start.sandbox === undefined ? 'INPUT' : 'FORWARD', {
    ...replyOf(way),
    device: route.device,
  })
  if (back !== undefined) return back
  return outside?.isUp === true
    ? { kind: 'outside', outside, latencyMs: outside.latencyMs }
    : { kind: 'lost' }
}

/** A delivery with what queues and wires on its way do to it. */
const overLine = ({ world, start, luck }: Way, delivery: Delivery): Delivery => {
  if (isCutShort(start, delivery)) return { kind: 'lost' }
  if (delivery.kind !== 'delivered' && delivery.kind !== 'outside') return delivery
  const to = delivery.kind === 'delivered' ? delivery.to.host : undefined
  const { delayMs, isLost } = lineQuality(world, { from: start.host, to, luck })
  if (isLost) return { kind: 'lost', isByChance: true }
  return { ...delivery, latencyMs: delivery.latencyMs + delayMs }
}

/** Sends a first packet from a stack to an address: routes, packet filters, wires and tunnels, there and back. Service addresses are not translated here. */
export const deliver = (world: World, sending: Sending): Delivery => {
  const start = stationOf(world, sending.from)
  const { address } = sending
  const isLocal = isLoopback(address) && start.sandbox === undefined
  const source = start.sandbox?.address ?? (isLocal ? '127.0.0.1' : mainAddressOf(start.host))
  const luck = luckOf(world.nowMs, sending.sequence ?? 0)
  const way: Way = { bytes: SMALL_BYTES, ...sending, world, start, source, luck }
  return overLine(way, deliverAlong(way))
}

const deliverAlong = (way: Way): Delivery => {
  const { world, start, address } = way
  const own = start.sandbox?.address
  if (isLoopback(address) || address === own)
    return (start.sandbox === undefined ? passLoopback(way) : undefined) ?? arrived(start)
  if (hasAddress(start.host, address)) {
    const isLocal = start.sandbox === undefined
    const obstacle = isLocal
      ? passLoopback(way)
      : pass(start.host, 'INPUT', { ...packetOf(way), device: 'cali+' })
    return obstacle ?? arrived({ host: start.host, sandbox: undefined })
  }
  const pod = podAt(world, address)
  if (pod !== undefined) return pod.host === start.host ? deliverHere(way, pod) : deliverToPod(way, pod)
  const machine = findMachine(world, address)
  return machine === undefined ? deliverOutside(way) : deliverToMachine(way, machine)
}
