import { apiAddressOf } from '../../relations/api-address.ts'
import { isUnitRunning } from '../../relations/cluster-hosts.ts'
import { connect } from '../../relations/connect.ts'
import type { Daemon } from '../../relations/read-settings.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'

const embedded = ['k3s.service', 'k3s-agent.service', 'kube-proxy.service']

/** What does kube-proxy's work on a place: its container, or a program that has it within. */
export const proxyOf = (machine: Machine): Daemon | undefined => {
  const container = machine.runtime?.containers.find(
    ({ service, state }) => service === 'kube-proxy' && state === 'running',
  )
  if (container !== undefined) return container
  const name = embedded.find(unit => isUnitRunning(machine, unit))
  return name === undefined ? undefined : machine.units.get(name)
}

/** Whether the kube-proxy of a place gets through to the API server. */
export const canProxyReachApi = (world: World, machine: Machine): boolean => {
  const { address, port } = apiAddressOf(world, machine)
  const heldSinceMs = proxyOf(machine)?.startedMs
  return connect(world, { from: machine, address, port, protocol: 'tcp', heldSinceMs }).kind === 'open'
}
