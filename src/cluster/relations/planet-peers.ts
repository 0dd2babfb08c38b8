import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isUnitRunning } from './cluster-hosts.ts'
import { connect } from './connect.ts'
import { mainAddressOf } from './find-machine.ts'
import { inStep } from './in-step.ts'

/** Another machine of a Gravity cluster as Serf on one knows it. */
export type PlanetPeer = { readonly name: string; readonly address: string; readonly isReached: boolean }

const SERF_PORT = 7496

/** The machine that a Planet runs on, or the machine itself. */
export const planetHostOf = (world: World, machine: Machine): Machine =>
  [...world.machines.values()].find(host => host.planet === machine || host === machine) ?? machine

const reaches = (world: World, from: Machine, to: Machine): boolean => {
  const hasSerf = to.planet !== undefined && isUnitRunning(to.planet, 'serf.service') && to.isPowered
  if (!hasSerf) return false
  const address = mainAddressOf(to)
  return connect(world, { from, address, port: SERF_PORT, protocol: 'tcp' }).kind === 'open'
}

/** The other members of the cluster, by its own list, and whether Serf reaches each from one of them. */
export const planetPeers = (world: World, from: Machine): readonly PlanetPeer[] =>
  inStep(world, `planet-peers/${from.name}`, () => {
    const host = planetHostOf(world, from)
    return Object.entries(world.platforms.gravity?.advertiseAddresses ?? {})
      .filter(([name]) => name !== host.name)
      .map(([name, address]) => {
        const peer = world.machines.get(name)
        return { name, address, isReached: peer !== undefined && reaches(world, host, peer) }
      })
  })
