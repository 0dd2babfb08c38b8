import { findMachine, hasAddress, mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { Route } from '../world/network.ts'
import type { OutsideHost, World } from '../world/world.ts'
import { isInNetwork, isLoopback } from './addresses.ts'
import { crossOverlay, tunnelTo } from './cross-overlay.ts'
import { crossWire } from './cross-wire.ts'
import { luckOf } from './draw.ts'
import { findRoute } from './find-route.ts'
import { forwards, handOver } from './hand-over.ts'
import { lineQuality } from './line-quality.ts'
import { masquerades } from './masquerade.ts'
import { isForbidden } from './network-policy.ts'
import type { Obstacle } from './obstacle.ts'
import {
  enter,
  held,
  leave,
  packetOf,
  pass,
  passLoopback,
  replyOf,
  type Sending,
  type Way,
} from './pass-filters.ts'
import { isCutShort, podDevice } from './pod-port.ts'
import { refusedRoute } from './refused-route.ts'
import { type Router, routersOf } from './routers-of.ts'
import { ASKING_MS } from './silence.ts'
import { podAt, type Station, stationOf } from './station.ts'

/** Where a packet arrived, or what it met. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly to: Station; readonly latencyMs: number; readonly hops: number }
  | {
      readonly kind: 'outside'
      readonly outside: OutsideHost
      readonly latencyMs: number
      readonly routers: readonly Router[]
    }
  | Obstacle

const SMALL_BYTES = 60
const NEAR_MS = 0.4
const HERE_MS = 0.05

const arrived = (to: Station): Delivery => ({ kind: 'delivered', to, latencyMs: HERE_MS, hops: 0 })

const lostIf = (isLost: boolean): Obstacle | undefined => (isLost ? { kind: 'lost' } : undefined)

const deviceOf = ({ host, sandbox }: Station): string =>
  sandbox === undefined ? '' : podDevice(host, sandbox)

/** To a pod on the sender's own machine: over the bridge or the pods' own routes, without forwarding between machines. */
const deliverHere = (way: Way, to: Station): Delivery => {
  const { host, sandbox } = way.start
  const onto = deviceOf(to)
  const devices = { device: sandbox === undefined ? onto : podDevice(host, sandbox), onto }
  const obstacle =
    lostIf(isForbidden(way.world, { from: way.start, to, ...packetOf(way) })) ??
    held(pass(host, sandbox === undefined ? 'OUTPUT' : 'FORWARD', { ...packetOf(way), ...devices }))
  return obstacle ?? arrived(to)
}

/** What lies between two machines: the wire, or the tunnel that the route leads into. */
const cross = ({ world, start, address, bytes }: Way, route: Route, to: Machine): Obstacle | undefined => {
  const tunnel = tunnelTo(start.host, route)
  return tunnel === undefined
    ? (handOver(world, { from: start.host, route, address }) ??
        crossWire(world, { from: start.host, to, bytes }))
    : crossOverlay(world, { from: start.host, to, tunnel, bytes })
}

/** The route by which a packet leaves. Who sends without a connection has not chosen a source when the kernel looks for it. */
const routeFor = ({ start, source, address, protocol, port }: Way): Route | undefined =>
  findRoute(start.host, address, {
    source: start.sandbox === undefined && protocol === 'icmp' ? undefined : source,
    protocol,
    port,
    inInterface: start.sandbox === undefined ? undefined : deviceOf(start),
  })

/** What keeps a machine's answer from its asker: a way back that it does not have, or that leads elsewhere. */
const missWayBack = (way: Way, to: Machine, device: string): Obstacle | undefined => {
  const { world, start, source, address, protocol } = way
  const back = findRoute(to, source, { source: address, protocol })
  if (back?.refusal !== undefined) return { kind: 'lost' }
  if (back !== undefined && tunnelTo(to, back) !== undefined) return undefined
  const asker = start.sandbox === undefined ? source : hiddenAs(way, device)
  const route = asker === source ? back : findRoute(to, asker, { source: address, protocol })
  if (route === undefined) return { kind: 'lost' }
  // The site's gateway knows no way to pods.
  const isAstray = start.sandbox !== undefined && asker === source && route.via === world.fabric.gateway
  return lostIf(isAstray || handOver(world, { from: to, route, address: asker }) !== undefined)
}

/** As whom the world beyond the pods sees a pod: as its machine, where that masquerades, else by an address to which only nodes know a way. */
const hiddenAs = (way: Way, device: string): string => {
  const { host, sandbox } = way.start
  const devices = { inInterface: sandbox === undefined ? '' : podDevice(host, sandbox), outInterface: device }
  return masquerades(host, { ...packetOf(way), ...devices }) ? mainAddressOf(host) : way.source
}

/** To a pod on another machine: through the tunnel between them, or routed over the wire. */
const deliverToPod = (way: Way, to: Station): Delivery => {
  const { world, start } = way
  const route = routeFor(way)
  const refusal = refusedRoute(start, route)
  if (route === undefined || refusal !== undefined) return refusal ?? { kind: 'network-unreachable' }
  const left = leave(way, route.device)
  if (left !== undefined) return left
  if (route.to === 'default') return { kind: 'lost' }
  const obstacle =
    cross(way, route, to.host) ??
    lostIf(!forwards(to.host)) ??
    lostIf(isForbidden(world, { from: start, to, ...packetOf(way) })) ??
    pass(to.host, 'FORWARD', { ...packetOf(way), device: route.device, onto: deviceOf(to) })
  return obstacle ?? { kind: 'delivered', to, latencyMs: NEAR_MS + 0.2, hops: 2 }
}

const deliverToMachine = (way: Way, to: Machine): Delivery => {
  const { world, start } = way
  const route = routeFor(way)
  const refusal = refusedRoute(start, route)
  if (route === undefined || refusal !== undefined) return refusal ?? { kind: 'network-unreachable' }
  const obstacle =
    lostIf(isForbidden(world, { from: start, to: { host: to, sandbox: undefined }, ...packetOf(way) })) ??
    leave(way, route.device) ??
    cross(way, route, to) ??
    missWayBack(way, to, route.device) ??
    enter(way, to)
  return obstacle ?? { kind: 'delivered', to: { host: to, sandbox: undefined }, latencyMs: NEAR_MS, hops: 1 }
}

const deliverOutside = (way: Way): Delivery => {
  const { world, start, address } = way
  const route = routeFor(way)
  const refusal = refusedRoute(start, route)
  if (route === undefined || refusal !== undefined) return refusal ?? { kind: 'network-unreachable' }
  const nowhere = { host: start.host, sandbox: undefined }
  const left =
    lostIf(isForbidden(world, { from: start, to: nowhere, ...packetOf(way) })) ?? leave(way, route.device)
  if (left !== undefined) return left
  const outside = world.fabric.outside.find(candidate => candidate.address === address)
  const isNear = isInNetwork(address, world.fabric.subnet)
  if (isNear ? outside?.isUp !== true : route.via === undefined)
    return { kind: 'host-unreachable', by: mainAddressOf(start.host), afterMs: ASKING_MS }
  const handed =
    handOver(world, { from: start.host, route, address }) ??
    lostIf(!isNear && !world.fabric.hasInternet) ??
    lostIf(start.sandbox !== undefined && hiddenAs(way, route.device) === way.source)
  if (handed !== undefined) return handed
  const back = pass(start.host, start.sandbox === undefined ? 'INPUT' : 'FORWARD', {
    ...replyOf(way),
    device: route.device,
    ...(start.sandbox === undefined ? {} : { onto: deviceOf(start) }),
  })
  if (back !== undefined) return back
  return outside?.isUp === true
    ? { kind: 'outside', outside, latencyMs: outside.latencyMs, routers: routersOf(start, { route, isNear }) }
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
      : pass(start.host, 'INPUT', { ...packetOf(way), device: deviceOf(start) })
    return obstacle ?? arrived({ host: start.host, sandbox: undefined })
  }
  const pod = podAt(world, address)
  if (pod !== undefined) return pod.host === start.host ? deliverHere(way, pod) : deliverToPod(way, pod)
  const machine = findMachine(world, address)
  return machine === undefined ? deliverOutside(way) : deliverToMachine(way, machine)
}
