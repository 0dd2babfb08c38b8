import { forgetNode, wipeNode } from '../../gravity/remove-node.ts'
import { isAgentUp } from '../../relations/gravity-probes.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const SHRINK_MS = 60_000

const steps: readonly (readonly [fromMs: number, message: string, percent: number])[] = [
  [0, 'unregistering the node', 10],
  [20_000, 'removing the node from the database', 40],
  [40_000, 'cleaning up', 80],
]

const hasController = (world: World): boolean => {
  const leader = world.machines.get(world.platforms.gravity?.leader ?? '')
  return leader !== undefined && isAgentUp(leader)
}

/** The cluster's controller carries on the removal of a machine: its node, its etcd member, and what is left on it when it is there. */
export const shrinkCluster: Law = world => {
  for (const operation of world.platforms.gravity?.operations ?? []) {
    if (operation.kind !== 'shrink' || operation.endedMs !== undefined || !hasController(world)) continue
    const ranMs = world.nowMs - operation.createdMs
    const [, message = '', percent = 0] = steps.findLast(([fromMs]) => ranMs >= fromMs) ?? []
    operation.progress = { message, percent }
    if (ranMs < SHRINK_MS) continue
    const name = /^Remove node (\S+)/.exec(operation.description)?.[1] ?? ''
    const host = world.machines.get(name)
    forgetNode(world, name)
    if (host?.planet !== undefined && host.isPowered) wipeNode(world, host)
    Object.assign(operation, {
      state: 'completed',
      endedMs: world.nowMs,
      progress: { message: 'Operation has completed', percent: 100 },
    })
  }
}
