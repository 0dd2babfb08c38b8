import { isLoopback } from '../network/addresses.ts'
import { isConntrackFull } from '../network/conntrack-use.ts'
import { type Delivery, deliver } from '../network/deliver.ts'
import type { Obstacle } from '../network/obstacle.ts'
import { type Station, stationOf } from '../network/station.ts'
import { pickAt, translateService } from '../network/translate-service.ts'
import type { Machine } from '../world/machine.ts'
import type { OutsideHost, World } from '../world/world.ts'
import { inStep } from './in-step.ts'
import { hostPortTarget } from './k3s/host-ports.ts'
import { type HeldListener, listenersOf, podListenersOf } from './listeners.ts'

/** What is tried: from a machine (or the inside of a container, which is one too) to an address and port. */
export type Attempt = {
  readonly from: Machine
  readonly address: string
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
  /** Since when the asker has held such a connection: it needs no new place in a full table of connections. */
  readonly heldSinceMs?: number | undefined
  /** Which of several endpoints it goes to, where that is not for this second to choose. */
  readonly pick?: number
}

/** How a connection attempt ends, as connect(2) would tell it. */
export type Connection =
  | {
      readonly kind: 'open'
      /** The machine whose stack answers: its own, or that of a pod on it; `undefined` for a host outside. */
      readonly machine: Machine | undefined
      readonly station: Station | undefined
      /** Who listens there. */
      readonly held: HeldListener | undefined
      readonly outside: OutsideHost | undefined
      /** Address and port behind a service's. */
      readonly address: string
      readonly port: number
      readonly latencyMs: number
    }
  /** RST or ICMP port unreachable: nobody listens, or a REJECT rule says so. */
  | { readonly kind: 'refused' }
  /** No answer at all: dropped, no way. */
  | { readonly kind: 'timeout' }
  /** EHOSTUNREACH: no ARP answer or an ICMP host unreachable. */
  | { readonly kind: 'no-route' }
  /** ENETUNREACH: this machine has no route. */
  | { readonly kind: 'unreachable-network' }
  /** EINVAL: this machine's route is a black hole. */
  | { readonly kind: 'black-hole' }

const refusedBy = (obstacle: Obstacle): Connection => {
  switch (obstacle.kind) {
    case 'lost':
    case 'too-big':
      return { kind: 'timeout' }
    case 'host-unreachable':
      return { kind: 'no-route' }
    case 'network-unreachable':
      return { kind: 'unreachable-network' }
    case 'black-hole':
      return { kind: 'black-hole' }
    case 'rejected':
      return obstacle.answer === 'icmp-port-unreachable' || obstacle.answer === 'tcp-reset'
        ? { kind: 'refused' }
        : { kind: 'no-route' }
  }
}

const isAnyAddress = (address: string): boolean => ['0.0.0.0', '*', '[::]', '::', ''].includes(address)

/** The listener that a connection to an address and port reaches on a stack. */
const findListener = (
  world: World,
  { host, sandbox }: Station,
  { address, port, protocol }: Attempt,
): HeldListener | undefined => {
  const held = sandbox === undefined ? listenersOf(world, host) : podListenersOf(world, host, sandbox.id)
  return held.find(
    ({ listener }) =>
      listener.protocol === protocol &&
      listener.port === port &&
      (isAnyAddress(listener.address) ||
        listener.address === address ||
        (isLoopback(address) && isLoopback(listener.address) && listener.address === address)),
  )
}

type Open = Extract<Connection, { kind: 'open' }>

/** The connection behind a port that leads to a pod's: its kubelet dials within the pod. `undefined` where nothing listens there: what leads to it has taken the connection, and closes it. */
const alongForward = (
  world: World,
  attempt: Attempt,
  { podUid, remotePort }: NonNullable<HeldListener['forward']>,
): Open | undefined => {
  for (const host of world.machines.values())
    for (const carrier of [host, host.planet]) {
      const sandbox = carrier?.runtime?.sandboxes.find(
        ({ kubeUid, state }) => kubeUid === podUid && state === 'ready',
      )
      if (sandbox === undefined) continue
      const station: Station = { host, sandbox: sandbox.isHostNetwork ? undefined : sandbox }
      const to = { address: '127.0.0.1', port: remotePort }
      const held = findListener(world, station, { ...attempt, ...to })
      if (held === undefined) return undefined
      return { kind: 'open', machine: host, station, held, outside: undefined, ...to, latencyMs: 2 }
    }
  return undefined
}

const openAt = (world: World, attempt: Attempt, delivery: Delivery): Connection => {
  const { address, port, protocol } = attempt
  if (delivery.kind === 'outside') {
    const { outside, latencyMs } = delivery
    const isOpen = outside.ports.some(open => open.port === port && open.protocol === protocol)
    if (!isOpen) return { kind: 'refused' }
    return {
      kind: 'open',
      machine: undefined,
      station: undefined,
      held: undefined,
      outside,
      address,
      port,
      latencyMs,
    }
  }
  if (delivery.kind !== 'delivered') return refusedBy(delivery)
  const { to, latencyMs } = delivery
  const held = findListener(world, to, attempt)
  if (held === undefined) return { kind: 'refused' }
  const along = held.forward && alongForward(world, attempt, held.forward)
  return (
    along ?? {
      kind: 'open',
      machine: to.host,
      station: to,
      held,
      outside: undefined,
      address,
      port,
      latencyMs,
    }
  )
}

/** A service port that no process holds but rules of the machine that is reached translate: a node port. */
const reachNodePort = (world: World, attempt: Attempt, delivery: Delivery): Connection | undefined => {
  if (delivery.kind !== 'delivered' || delivery.to.sandbox !== undefined) return undefined
  const { host } = delivery.to
  const isForeign = stationOf(world, attempt.from).host !== host
  const translated = translateService(host, { pick: pickAt(world), ...attempt, isForeign })
  if (translated.kind === 'dropped') return { kind: 'timeout' }
  if (translated.kind !== 'endpoint') return undefined
  const onward = { ...attempt, from: host, address: translated.address, port: translated.port }
  return openAt(world, onward, deliver(world, onward))
}

/** A port that no process of the machine holds but a pod on it has asked for. */
const reachHostPort = (world: World, attempt: Attempt, delivery: Delivery): Connection | undefined => {
  if (delivery.kind !== 'delivered' || delivery.to.sandbox !== undefined) return undefined
  const { host } = delivery.to
  const target = hostPortTarget(world, host, attempt)
  if (target === undefined) return undefined
  const onward = { ...attempt, from: host, address: target.address, port: target.port }
  return target.isSentOn ? connect(world, onward) : openAt(world, onward, deliver(world, onward))
}

const isAnyFull = (world: World): boolean =>
  inStep(world, 'tracking-full', () => [...world.machines.values()].some(isConntrackFull))

/** Tries a connection through service rules, routes, packet filters and the fabric to whoever listens. */
export const connect = (world: World, attempt: Attempt): Connection => {
  const { from, address, port, protocol } = attempt
  const { host, sandbox } = stationOf(world, from)
  const held = isAnyFull(world) ? attempt.heldSinceMs : undefined
  const question = `connect/${host.name}/${sandbox?.id ?? ''}/${address}/${port}/${protocol}/${held ?? ''}`
  return inStep(world, question, () => reach(world, { ...attempt, heldSinceMs: held }, { host, sandbox }))
}

/** When TCP sends its first packet again, counted from the first. */
const resentMs = [0, 1_000, 3_000, 7_000]

/** Delivers a first packet that is sent again when chance has lost it. */
const deliverAtLast = (world: World, attempt: Attempt): Delivery => {
  for (const [sequence, waitedMs] of resentMs.entries()) {
    const delivery = deliver(world, { ...attempt, sequence })
    if (delivery.kind === 'delivered' || delivery.kind === 'outside')
      return { ...delivery, latencyMs: delivery.latencyMs + waitedMs }
    if (delivery.kind !== 'lost' || delivery.isByChance !== true) return delivery
  }
  return { kind: 'lost' }
}

const reach = (world: World, attempt: Attempt, { host, sandbox }: Station): Connection => {
  // What a pod sends to itself its machine never sees.
  const translated =
    sandbox !== undefined && isLoopback(attempt.address)
      ? ({ kind: 'none' } as const)
      : translateService(host, { pick: pickAt(world), ...attempt })
  if (translated.kind === 'no-endpoints') return { kind: 'refused' }
  const aim =
    translated.kind === 'endpoint'
      ? { ...attempt, address: translated.address, port: translated.port }
      : attempt
  const delivery = deliverAtLast(world, aim)
  const opened = reachNodePort(world, aim, delivery) ?? openAt(world, aim, delivery)
  return opened.kind === 'refused' ? (reachHostPort(world, aim, delivery) ?? opened) : opened
}
