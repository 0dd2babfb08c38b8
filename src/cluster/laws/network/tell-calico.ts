import { getObject, touchObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { shownThenMs } from '../../relations/clock.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { type RunningContainer, runningContainers } from '../../relations/pods.ts'
import { apiProblem } from '../../services/kube/network-agents.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

const TYPE = 'NetworkUnavailable'
/** How long after its start the agent tells that it runs. */
const TELLS_MS = 2_000

const toldMs = (node: KubeObject): number =>
  msOf(node.status?.conditions?.find(({ type }: KubeValue) => type === TYPE)?.lastHeartbeatTime)

/** What the agent notes of a node: its address with its network, and that of its tunnel. */
const notesOf = ({ interfaces }: Machine, address: string): Record<string, string> => {
  const own = interfaces.flatMap(({ addresses }) => addresses).find(each => each.startsWith(`${address}/`))
  const tunnel = interfaces.find(({ name }) => name === 'vxlan.calico')?.addresses[0]?.split('/')[0]
  return {
    'projectcalico.org/IPv4Address': own ?? address,
    ...(tunnel === undefined ? {} : { 'projectcalico.org/IPv4VXLANTunnelAddr': tunnel }),
  }
}

const tellOf = (world: World, { machine, host, container }: RunningContainer): void => {
  const node = getObject(world.kube, { kind: 'Node', name: nodeNameOf(machine) })
  const saysMs = (container.startedMs ?? world.nowMs) + TELLS_MS
  if (node === undefined || saysMs > world.nowMs) return
  const atMs = Math.floor(shownThenMs(machine, saysMs) / 1_000) * 1_000
  if (toldMs(node) >= atMs || apiProblem(world, { machine, unit: undefined, container }) !== undefined) return
  const said = {
    lastHeartbeatTime: isoOf(atMs),
    lastTransitionTime: isoOf(atMs),
    message: 'Calico is running on this node',
    reason: 'CalicoIsUp',
    status: 'False',
    type: TYPE,
  }
  const others = (node.status?.conditions ?? []).filter(({ type }: KubeValue) => type !== TYPE)
  node.status = { ...node.status, conditions: [said, ...others] }
  node.metadata.annotations = { ...node.metadata.annotations, ...notesOf(host, mainAddressOf(host)) }
  touchObject(world, node)
}

/** Calico's agents tell of themselves in their nodes, once after each start. */
export const tellCalico: Law = world => {
  for (const place of runningContainers(world, 'calico-node')) tellOf(world, place)
}
