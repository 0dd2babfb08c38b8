import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isUnitRunning } from './cluster-hosts.ts'
import { mainAddressOf } from './find-machine.ts'
import {
  basicProbes,
  diskProbe,
  dnsProbe,
  driftProbes,
  etcdProbe,
  type GravityProbe,
  nodeProbe,
  serviceProbes,
} from './gravity-checks.ts'
import { inStep } from './in-step.ts'
import { planetPeers } from './planet-peers.ts'

/** Whether a machine's agent answers: its Planet runs with Serf and the agent in it. */
export const isAgentUp = ({ planet, isPowered }: Machine): boolean =>
  isPowered &&
  planet !== undefined &&
  isUnitRunning(planet, 'serf.service') &&
  isUnitRunning(planet, 'planet-agent.service')

/** Every check of Satellite on one machine as it ends now. */
export const gravityProbes = (world: World, host: Machine): readonly GravityProbe[] =>
  inStep(world, `gravity-probes/${host.name}`, () => {
    const { planet } = host
    if (planet === undefined || !isAgentUp(host)) return []
    return [
      ...serviceProbes(planet),
      ...basicProbes(host),
      etcdProbe(world, host),
      dnsProbe(world, planet),
      diskProbe(host),
      nodeProbe(world, host),
      ...driftProbes(world, host),
    ]
  })

/** A machine of the cluster as Satellite on another sees it. */
export type GravityNode = {
  readonly name: string
  readonly address: string
  readonly host: Machine | undefined
  readonly status: 'healthy' | 'degraded' | 'offline'
  readonly failed: readonly GravityProbe[]
  readonly warnings: readonly GravityProbe[]
}

const nodeOf = (
  world: World,
  { name, address, isReached }: { name: string; address: string; isReached: boolean },
): GravityNode => {
  const host = world.machines.get(name)
  if (host === undefined || !isReached || !isAgentUp(host))
    return { name, address, host, status: 'offline', failed: [], warnings: [] }
  const probes = gravityProbes(world, host)
  const failed = probes.filter(({ severity }) => severity === 'critical')
  const warnings = probes.filter(({ severity }) => severity === 'warning')
  return { name, address, host, status: failed.length > 0 ? 'degraded' : 'healthy', failed, warnings }
}

/** The machines of the cluster as the agent of one sees them, in the order of their names; empty when it has no agent. */
export const gravityNodes = (world: World, from: Machine): readonly GravityNode[] => {
  if (!isAgentUp(from)) return []
  const own = { name: from.name, address: mainAddressOf(from), isReached: true }
  return [own, ...planetPeers(world, from)]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(peer => nodeOf(world, peer))
}
