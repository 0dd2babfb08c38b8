import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { type Connection, connect } from '../connect.ts'
import { hostAddressOf } from '../host-address.ts'
import { joinSettingsOf, k3sUnitOf, readServerUrl } from './k3s-units.ts'

/** The port of an agent's own load balancer, through which everything on it reaches the server. */
export const AGENT_PORT = 6444

/** Where the load balancer of an agent leads, when it was that which was reached: its server, however the way there is. */
export const behindBalancer = (
  world: World,
  machine: Machine | undefined,
  port: number,
): Connection | undefined => {
  if (machine === undefined || port !== AGENT_PORT) return undefined
  const unit = k3sUnitOf(machine)
  if (unit?.service !== 'k3s-agent') return undefined
  const { url = '' } = joinSettingsOf(machine, unit)
  return dialServer(world, machine, { url, heldSinceMs: unit.startedMs })
}

/** Connects to a server by its address; a name that does not resolve leads nowhere. */
export const dialServer = (
  world: World,
  from: Machine,
  { url, heldSinceMs }: { readonly url: string; readonly heldSinceMs?: number | undefined },
): Connection => {
  const { host, port } = readServerUrl(url)
  const found = hostAddressOf(world, from, host)
  return found.kind === 'failed'
    ? { kind: 'no-route' }
    : connect(world, { from, address: found.address, port, protocol: 'tcp', heldSinceMs })
}
