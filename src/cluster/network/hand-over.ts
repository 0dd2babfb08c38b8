import { findMachine, mainAddressOf } from '../relations/find-machine.ts'
import type { Machine } from '../world/machine.ts'
import type { Route } from '../world/network.ts'
import type { World } from '../world/world.ts'
import { interfaceOf, isWorking } from './find-route.ts'
import { GATEWAY_MAC } from './neighbours.ts'
import type { Obstacle } from './obstacle.ts'
import { ASKING_MS } from './silence.ts'

const FORWARDING = 'net.ipv4.ip_forward'

/** Whether a machine passes on what is not for itself. */
export const forwards = (machine: Machine): boolean => machine.sysctls.get(FORWARDING) === '1'

const macOf = (machine: Machine | undefined): string | undefined =>
  machine?.interfaces.find(({ kind }) => kind === 'ethernet')?.mac

/** Whether an entry by hand sends what is for a neighbour to another card than its own. */
const isMisled = (world: World, from: Machine, hop: string): boolean => {
  const own = from.neighbours?.find(({ address }) => address === hop)
  if (own === undefined) return false
  const mac = hop === world.fabric.gateway ? GATEWAY_MAC : macOf(findMachine(world, hop))
  return own.mac !== mac
}

/** What a packet meets that a route hands to the wire: an interface that leads nowhere, or a next hop that does not take it on. */
export const handOver = (
  world: World,
  { from, route, address }: { readonly from: Machine; readonly route: Route; readonly address: string },
): Obstacle | undefined => {
  const unanswered: Obstacle = { kind: 'host-unreachable', by: mainAddressOf(from), afterMs: ASKING_MS }
  const device = interfaceOf(from, route.device)
  if (!isWorking(device)) return unanswered
  if (device?.kind === 'loopback' || device?.kind === 'dummy') return { kind: 'lost' }
  if (device?.kind !== 'ethernet') return unanswered
  const hop = route.via ?? address
  if (isMisled(world, from, hop)) return { kind: 'lost' }
  if (route.via === undefined || route.via === world.fabric.gateway) return undefined
  const owner = findMachine(world, route.via)
  if (owner === undefined || !owner.isPowered) return unanswered
  return owner === findMachine(world, address) || forwards(owner) ? undefined : { kind: 'lost' }
}
