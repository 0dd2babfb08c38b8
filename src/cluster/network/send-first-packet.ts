import { connect } from '../relations/connect.ts'
import { findMachine, hasAddress, mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { Flow, FlowLeg } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { isLoopback } from './addresses.ts'
import { countTranslation } from './count-translation.ts'
import { deliver } from './deliver.ts'
import { mix } from './draw.ts'
import type { FirstPacket } from './packet.ts'
import { podAt, type Station, stationOf } from './station.ts'
import { pickAt, translateService } from './translate-service.ts'

type Place = { readonly address: string; readonly port: number }

const FIRST_PORT = 32_768
const PORTS = 14_100
/** As long as any machine remembers a connection of which nothing more comes. */
const KEPT_MS = 180_000

const ownerOf = (world: World, address: string): Machine | undefined =>
  podAt(world, address)?.host ?? findMachine(world, address)

const sourceOf = ({ host, sandbox }: Station, address: string): string => {
  if (sandbox !== undefined) return sandbox.address ?? ''
  return isLoopback(address) || hasAddress(host, address) ? address : mainAddressOf(host)
}

type Course = {
  readonly start: Station
  readonly source: Place
  readonly dialed: Place
  readonly aim: Place
  readonly end: Place
}

const MASK_STEP = 7_919

const tunnelAddress = ({ interfaces }: Machine): string | undefined =>
  interfaces.find(({ kind }) => kind === 'vxlan' || kind === 'ipip')?.addresses[0]?.split('/')[0]

/** As whom a sender's machine sends on what it masquerades: what it has for a service itself, and what its pods have for the world beyond. */
const maskOf = (world: World, { start, source, dialed, aim, end }: Course): Place | undefined => {
  const { host, sandbox } = start
  const pod = podAt(world, end.address)
  const isTranslated = dialed.address !== aim.address || dialed.port !== aim.port
  const isMasked = sandbox === undefined ? isTranslated : pod === undefined
  if (!isMasked || isLoopback(source.address)) return undefined
  const beyond = pod !== undefined && pod.host !== host ? tunnelAddress(host) : undefined
  const port = FIRST_PORT + ((source.port * MASK_STEP) % PORTS)
  return { address: beyond ?? mainAddressOf(host), port }
}

/** What each machine on the way sees: its sender's, that which the first address leads to, and that of the pod behind it. */
const legsOf = (world: World, course: Course): readonly FlowLeg[] => {
  const { start, source, dialed, aim, end } = course
  const masked = maskOf(world, course)
  const came = masked ?? source
  const first = ownerOf(world, aim.address)
  const last = ownerOf(world, end.address)
  const leg = (machine: Machine, from: Place, [to, reply]: readonly [Place, Place]): FlowLeg => ({
    machine: machine.name,
    source: from,
    destination: to,
    reply,
  })
  const between = first === undefined || first === start.host ? undefined : first
  return [
    {
      ...leg(start.host, source, [dialed, between === undefined || masked !== undefined ? end : aim]),
      ...(masked === undefined ? {} : { masked }),
    },
    ...(between === undefined ? [] : [leg(between, came, [aim, end])]),
    ...(last === undefined || last === first || last === start.host
      ? []
      : [leg(last, { ...source, address: mainAddressOf(first ?? start.host) }, [end, end])]),
  ]
}

const fateOf = (world: World, packet: FirstPacket, aim: Place): Flow['fate'] | undefined => {
  if (connect(world, packet).kind === 'open') return 'closed'
  const delivery = deliver(world, { ...packet, ...aim })
  if (delivery.kind === 'lost' || delivery.kind === 'rejected')
    return delivery.isHeld === true ? undefined : 'unanswered'
  return delivery.kind === 'delivered' ? 'refused' : 'unanswered'
}

/**
 * Sends the first packet of a connection: the rules that it meets count it, and machines on its way remember the connection for a while.
 * Gives the place that it comes from.
 */
export const sendFirstPacket = (world: World, packet: FirstPacket): Place => {
  const { from, address, port, protocol } = packet
  const start = stationOf(world, from)
  const dialed = { address, port }
  const { flows = [] } = world.fabric
  const draw = Math.abs(mix(world.nowMs, flows.length)) % PORTS
  const source = { address: sourceOf(start, address), port: FIRST_PORT + draw * 2 }
  const translated =
    start.sandbox !== undefined && isLoopback(address)
      ? ({ kind: 'none' } as const)
      : translateService(start.host, { ...packet, pick: pickAt(world) })
  const aim = translated.kind === 'endpoint' ? { address: translated.address, port: translated.port } : dialed
  countTranslation(start, { ...packet, source: source.address, aim })
  deliver(world, { ...packet, ...aim, counts: 1 })
  if (translated.kind === 'no-endpoints') return source
  const fate = fateOf(world, packet, aim)
  if (fate === undefined) return source
  const reached = connect(world, packet)
  const end = reached.kind === 'open' ? { address: reached.address, port: reached.port } : aim
  const legs = legsOf(world, { start, source, dialed, aim, end })
  const kept = flows.filter(({ atMs }) => world.nowMs - atMs < KEPT_MS)
  world.fabric.flows = [
    ...kept,
    { atMs: world.nowMs, protocol, fate, legs: fate === 'unanswered' ? legs.slice(0, 1) : [...legs] },
  ]
  return source
}
