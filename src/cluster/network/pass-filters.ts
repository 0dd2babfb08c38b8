import { mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isCrowdedOut } from './crowd-out.ts'
import { mix } from './draw.ts'
import { type FilterPoint, filterPacket } from './filter-packet.ts'
import { findRoute } from './find-route.ts'
import { forwards } from './hand-over.ts'
import { type Obstacle, obstacleOf } from './obstacle.ts'
import type { Packet } from './packet.ts'
import { podDevice } from './pod-port.ts'
import type { Station } from './station.ts'

/** What is sent: from a stack to an address. `bytes` is the size of the IP packet, `port` that of the destination. */
export type Sending = {
  readonly from: Machine
  readonly address: string
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly port: number
  readonly bytes?: number
  /** Which of several packets of one moment it is: each has its own luck. */
  readonly sequence?: number
  /** How many such packets the rules that they meet are to count. */
  readonly counts?: number
  /** Since when the sender has held this connection, where it is not new. */
  readonly heldSinceMs?: number | undefined
}

/** What is sent, from where, and the luck that it has on its way. */
export type Way = Sending & {
  readonly world: World
  readonly start: Station
  readonly source: string
  readonly bytes: number
  readonly luck: number
}

/** What connection tracking and a filter on the way say, asked as the packet that they see. Only a new connection needs a place in the table. */
export const pass = (
  machine: Machine,
  point: FilterPoint,
  packet: Omit<Packet, 'inInterface' | 'outInterface'> & {
    readonly device: string
    /** Where it leaves again, for what is passed on. */
    readonly onto?: string
  },
): Obstacle | undefined => {
  if (packet.isReply !== true && isCrowdedOut(machine, packet)) return { kind: 'lost', isByChance: true }
  const { device, onto = device, ...rest } = packet
  const devices = {
    inInterface: point === 'OUTPUT' ? '' : device,
    outInterface: point === 'INPUT' ? '' : onto,
  }
  return obstacleOf(filterPacket(machine, point, { ...rest, ...devices }), mainAddressOf(machine))
}

/** A first packet as filters see it. */
export const packetOf = ({ protocol, source, address, port, luck, heldSinceMs, counts }: Way) => ({
  counts,
  protocol,
  source,
  destination: address,
  port,
  luck,
  heldSinceMs,
})

/** The answer to a packet, as filters on its way back see it. */
export const replyOf = ({ protocol, source, address, port, luck }: Way) =>
  ({
    protocol,
    source: address,
    destination: source,
    port: 40_000,
    sourcePort: port,
    isReply: true,
    luck: mix(luck, 1),
  }) as const

/** What a rule does to a packet before it leaves its machine. */
export const held = (obstacle: Obstacle | undefined): Obstacle | undefined =>
  obstacle?.kind === 'rejected' || (obstacle?.kind === 'lost' && obstacle.isByChance !== true)
    ? { ...obstacle, isHeld: true }
    : obstacle

/** What stands between a sender and the wire of its machine. */
export const leave = (way: Way, device: string): Obstacle | undefined => {
  const { host, sandbox } = way.start
  if (sandbox === undefined) {
    const met = held(pass(host, 'OUTPUT', { ...packetOf(way), device }))
    return met?.kind === 'lost' && met.isHeld === true ? { ...met, isBySender: true } : met
  }
  if (!forwards(host)) return held({ kind: 'lost' })
  return held(pass(host, 'FORWARD', { ...packetOf(way), device: podDevice(host, sandbox), onto: device }))
}

/** What stands between the wire and a machine itself, and on the way back. */
export const enter = (way: Way, to: Machine): Obstacle | undefined => {
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
export const passLoopback = (way: Way): Obstacle | undefined => {
  const { host } = way.start
  return (
    pass(host, 'OUTPUT', { ...packetOf(way), device: 'lo' }) ??
    pass(host, 'INPUT', { ...packetOf(way), device: 'lo' }) ??
    pass(host, 'OUTPUT', { ...replyOf(way), device: 'lo' }) ??
    pass(host, 'INPUT', { ...replyOf(way), device: 'lo' })
  )
}

const deviceTo = (machine: Machine, address: string): string => findRoute(machine, address)?.device ?? ''
