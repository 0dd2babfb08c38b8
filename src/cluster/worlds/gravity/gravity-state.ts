import { chanceHex, chanceUuid } from '../../chance.ts'
import { installPlan } from '../../gravity/install-plan.ts'
import { leavesOf } from '../../gravity/phases.ts'
import { installedVersion } from '../../gravity/versions.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import type { Machine } from '../../world/machine.ts'
import type { Gravity, GravityOperation } from '../../world/platforms.ts'
import type { World } from '../../world/world.ts'

const INSTALL_MS = 363_000

const installOperation = (world: World, hosts: readonly Machine[], createdMs: number): GravityOperation => {
  const servers = hosts.map(host => ({ name: host.name, address: mainAddressOf(host) }))
  const plan = installPlan({ servers, version: installedVersion, appName: 'telekube' })
  const leaves = leavesOf(plan)
  for (const [index, leaf] of leaves.entries())
    Object.assign(leaf, {
      state: 'Completed',
      updatedMs: createdMs + Math.round(((index + 1) / leaves.length) * INSTALL_MS),
    })
  return {
    id: chanceUuid(world),
    kind: 'install',
    state: 'completed',
    createdMs,
    endedMs: createdMs + INSTALL_MS,
    description: `${hosts.length}-node install`,
    progress: { message: 'Operation has completed', percent: 100 },
    plan,
    targetVersion: installedVersion,
  }
}

/** The state of a cluster that was installed some time ago and has run since. */
export const gravityState = (
  world: World,
  {
    hosts,
    clusterName,
    createdMs,
  }: { readonly hosts: readonly Machine[]; readonly clusterName: string; readonly createdMs: number },
): Gravity => ({
  clusterName,
  version: installedVersion,
  appName: 'telekube',
  appVersion: installedVersion,
  joinToken: chanceHex(world, 12),
  advertiseAddresses: Object.fromEntries(hosts.map(host => [host.name, mainAddressOf(host)])),
  planetUnits: {},
  operations: [installOperation(world, hosts, createdMs)],
  vxlanPort: 8472,
  leader: hosts[1]?.name ?? hosts[0]?.name,
})
