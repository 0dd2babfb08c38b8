import { recordEvent } from '../../kube/events.ts'
import { getObject, listObjects, touchObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { clusterHosts, nodeNameOf } from '../../relations/cluster-hosts.ts'
import { LEASE_SENT, STATUS_SENT } from '../../relations/node-reports.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { disruptionOf } from '../pods/disruption.ts'
import { type Taint, tolerationFor } from '../scheduling/fit.ts'
import { deletePod } from './make-pod.ts'

const GRACE_MS = 40_000
const NOT_READY = 'node.kubernetes.io/not-ready'
const UNREACHABLE = 'node.kubernetes.io/unreachable'

/** Taints that follow from conditions: condition, the status that brings the taint, the key. */
const pressures: readonly (readonly [condition: string, key: string])[] = [
  ['MemoryPressure', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'node.kubernetes.io/disk-pressure'],
  ['PIDPressure', 'node.kubernetes.io/pid-pressure'],
  ['NetworkUnavailable', 'node.kubernetes.io/network-unavailable'],
]

/** A condition of a node. */
export const nodeCondition = (node: KubeObject, type: string): KubeValue =>
  node.status?.conditions?.find((c: { type: string }) => c.type === type)

/** Whether times that a kubelet writes are true is its clock's affair: what counts is when they changed. */
const heardOf = (world: World, node: KubeObject): number => {
  const place = clusterHosts(world).find(({ machine }) => nodeNameOf(machine) === node.metadata.name)
  const timers = place?.machine.runtime?.timers ?? {}
  const sentMs = Math.max(timers[LEASE_SENT] ?? 0, timers[STATUS_SENT] ?? 0)
  if (sentMs > 0) return sentMs
  const lease = getObject(world.kube, {
    kind: 'Lease',
    namespace: 'kube-node-lease',
    name: node.metadata.name,
  })
  return Math.max(msOf(lease?.spec?.renewTime), msOf(nodeCondition(node, 'Ready')?.lastHeartbeatTime))
}

const loseNode = (world: World, node: KubeObject): void => {
  if (nodeCondition(node, 'Ready')?.status === 'Unknown') return
  for (const condition of node.status?.conditions ?? [])
    if (condition.type !== 'NetworkUnavailable')
      Object.assign(condition, {
        lastTransitionTime: isoOf(world.nowMs),
        message: 'Kubelet stopped posting node status.',
        reason: 'NodeStatusUnknown',
        status: 'Unknown',
      })
  touchObject(world, node)
  nodeNotReady(world, node)
}

const nodeNotReady = (world: World, node: KubeObject): void => {
  recordEvent(world, {
    about: node,
    type: 'Normal',
    reason: 'NodeNotReady',
    message: `Node ${node.metadata.name} status is now: NodeNotReady`,
    source: 'node-controller',
  })
  for (const pod of listObjects(world.kube, 'Pod')) {
    if (pod.spec?.nodeName !== node.metadata.name) continue
    for (const condition of pod.status?.conditions ?? [])
      if (condition.type === 'Ready' && condition.status === 'True') {
        Object.assign(condition, { lastTransitionTime: isoOf(world.nowMs), status: 'False' })
        touchObject(world, pod)
        recordEvent(world, {
          about: pod,
          type: 'Warning',
          reason: 'NodeNotReady',
          message: 'Node is not ready',
          source: 'node-controller',
        })
      }
  }
}

const wantedTaints = (node: KubeObject): readonly Taint[] => {
  const ready = nodeCondition(node, 'Ready')?.status
  const taints: Taint[] = []
  if (node.spec?.unschedulable === true)
    taints.push({ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' })
  const key = ready === 'Unknown' ? UNREACHABLE : ready === 'True' ? undefined : NOT_READY
  if (key !== undefined) taints.push({ key, effect: 'NoSchedule' }, { key, effect: 'NoExecute' })
  for (const [condition, pressureKey] of pressures)
    if (nodeCondition(node, condition)?.status === 'True')
      taints.push({ key: pressureKey, effect: 'NoSchedule' })
  return taints
}

const ownKeys = new Set([
  NOT_READY,
  UNREACHABLE,
  'node.kubernetes.io/unschedulable',
  ...pressures.map(([, key]) => key),
])

const syncTaints = (world: World, node: KubeObject): void => {
  const before: readonly KubeValue[] = node.spec?.taints ?? []
  const wanted = wantedTaints(node)
  const kept = before.filter(
    taint => !ownKeys.has(taint.key) || wanted.some(w => w.key === taint.key && w.effect === taint.effect),
  )
  const added = wanted
    .filter(w => !before.some(taint => taint.key === w.key && taint.effect === w.effect))
    .map(w => ({ effect: w.effect, key: w.key, timeAdded: isoOf(world.nowMs) }))
  if (added.length === 0 && kept.length === before.length) return
  const taints = [...kept, ...added]
  node.spec = { ...node.spec, taints }
  if (taints.length === 0) delete node.spec.taints
  touchObject(world, node)
}

const timersOf = (world: World): Record<string, number> =>
  clusterHosts(world)[0]?.machine.runtime?.timers ?? {}

/** Since when a pod has been known to stand under a taint: since it was set, or else since it was met. */
const seenSince = (
  world: World,
  { node, pod, taint }: { readonly node: KubeObject; readonly pod: KubeObject; readonly taint: KubeValue },
): number => {
  if (taint.timeAdded !== undefined) return msOf(taint.timeAdded)
  const timers = timersOf(world)
  const key = `taint/${node.metadata.name}/${pod.metadata.uid}/${taint.key}`
  timers[key] ??= world.nowMs
  return timers[key]
}

const forgetTaints = (world: World, { metadata }: KubeObject): void => {
  const timers = timersOf(world)
  for (const key of Object.keys(timers)) if (key.startsWith(`taint/${metadata.name}/`)) delete timers[key]
}

/** Evicts pods from a node whose NoExecute taint they tolerate no longer. */
const evictPods = (world: World, node: KubeObject): void => {
  const taints = (node.spec?.taints ?? []).filter((t: KubeValue) => t.effect === 'NoExecute')
  if (taints.length === 0) {
    forgetTaints(world, node)
    return
  }
  for (const pod of listObjects(world.kube, 'Pod')) {
    if (pod.spec?.nodeName !== node.metadata.name || pod.metadata.deletionTimestamp !== undefined) continue
    const isDue = taints.some((taint: KubeValue) => {
      const toleration = tolerationFor(pod.spec, taint)
      if (toleration === undefined)
        return pod.metadata.annotations?.['kubernetes.io/config.mirror'] === undefined
      const sinceMs = seenSince(world, { node, pod, taint })
      return (
        toleration.tolerationSeconds !== undefined &&
        world.nowMs >= sinceMs + toleration.tolerationSeconds * 1000
      )
    })
    if (!isDue) continue
    recordEvent(world, {
      about: pod,
      type: 'Normal',
      reason: 'TaintManagerEviction',
      message: `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`,
      source: 'taint-eviction-controller',
    })
    pod.status = {
      ...pod.status,
      conditions: [
        ...(pod.status?.conditions ?? []),
        ...disruptionOf(world, {
          reason: 'DeletionByTaintManager',
          message: 'Taint manager: deleting due to NoExecute taint',
          atMs: world.nowMs,
        }),
      ],
    }
    deletePod(world, pod)
  }
}

/** Nodes that were not heard of for 40 s become Unknown; taints follow the conditions; pods are evicted when they tolerate them no longer. */
export const syncNodes = (world: World): void => {
  for (const node of listObjects(world.kube, 'Node')) {
    if (world.nowMs - heardOf(world, node) > GRACE_MS) loseNode(world, node)
    else if (nodeCondition(node, 'Ready')?.status === 'False' && !hasTaint(node, NOT_READY))
      nodeNotReady(world, node)
    syncTaints(world, node)
    evictPods(world, node)
  }
}

const hasTaint = (node: KubeObject, key: string): boolean =>
  (node.spec?.taints ?? []).some((taint: { key: string }) => taint.key === key)
