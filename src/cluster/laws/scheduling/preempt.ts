import { listObjects, touchObject } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { deletePod } from '../controllers/make-pod.ts'
import { disruptionOf } from '../pods/disruption.ts'
import { type NodeRoom, nodeObstacle, roomOf } from './obstacles.ts'
import { schedulerReports } from './scheduler-reports.ts'

/** What came of looking for pods that have to make room: some have, it may not be asked for, or nobody could. */
export type Preemption =
  | { readonly kind: 'victims' }
  | { readonly kind: 'ineligible'; readonly why: string }
  | { readonly kind: 'none' }

/** A node with the obstacle that it has for a pod. */
export type SeenNode = { readonly room: NodeRoom; readonly obstacle: string | undefined }

const priorityOf = ({ spec }: KubeObject): number => spec?.priority ?? 0

const podsOn = (world: World, { node }: NodeRoom): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod').filter(pod => pod.spec?.nodeName === node.metadata.name && !isFinished(pod))

/** The pods of less priority that would have to leave a node, the least important first; `undefined` where that would not help. */
const victimsOn = (world: World, pod: KubeObject, room: NodeRoom): readonly KubeObject[] | undefined => {
  const others = podsOn(world, room)
  const lesser = others
    .filter(other => priorityOf(other) < priorityOf(pod))
    .sort(
      (a, b) =>
        priorityOf(a) - priorityOf(b) ||
        b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp),
    )
  const victims: KubeObject[] = []
  for (const candidate of lesser) {
    victims.push(candidate)
    const left = roomOf(world, room.node, { without: new Set(victims), comer: pod })
    if (nodeObstacle(world, pod, left) === undefined) return withoutNeedless(world, pod, { room, victims })
  }
  return undefined
}

/** Lets those stay that need not leave, the most important first. */
const withoutNeedless = (
  world: World,
  pod: KubeObject,
  { room, victims }: { readonly room: NodeRoom; readonly victims: readonly KubeObject[] },
): readonly KubeObject[] => {
  const leaving = new Set(victims)
  for (const candidate of [...victims].reverse()) {
    leaving.delete(candidate)
    if (nodeObstacle(world, pod, roomOf(world, room.node, { without: leaving, comer: pod })) !== undefined)
      leaving.add(candidate)
  }
  return [...leaving]
}

const evict = (world: World, victim: KubeObject, { pod, node }: { pod: KubeObject; node: string }): void => {
  schedulerReports(world, victim, {
    type: 'Normal',
    reason: 'Preempted',
    message: `Preempted by pod ${pod.metadata.uid} on node ${node}`,
  })
  victim.status = {
    ...victim.status,
    conditions: [
      ...(victim.status?.conditions ?? []),
      ...disruptionOf(world, {
        reason: 'PreemptionByScheduler',
        message: 'default-scheduler: preempting to accommodate a higher priority pod',
        atMs: world.nowMs,
      }),
    ],
  }
  deletePod(world, victim)
}

/** Whether an obstacle would go with other pods. */
export const isCrowded = (obstacle: string): boolean => /^(?:Insufficient|Too many pods)/.test(obstacle)

const isLeaving = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined

/** Makes pods of less priority leave a node for one that fits nowhere, where that helps; it is then nominated for the node. */
export const preempt = (world: World, pod: KubeObject, seen: readonly SeenNode[]): Preemption => {
  if (pod.spec?.preemptionPolicy === 'Never') return { kind: 'ineligible', why: 'preemptionPolicy=Never' }
  const nominated = seen.find(({ room }) => room.node.metadata.name === pod.status?.nominatedNodeName)
  if (
    nominated !== undefined &&
    podsOn(world, nominated.room).some(other => isLeaving(other) && priorityOf(other) < priorityOf(pod))
  )
    return { kind: 'ineligible', why: 'a terminating pod on the nominated node' }
  const options = seen
    .filter(({ obstacle = '' }) => isCrowded(obstacle))
    .flatMap(({ room }) => {
      const victims = victimsOn(world, pod, room)
      return victims === undefined ? [] : [{ node: room.node.metadata.name, victims }]
    })
  const worst = (victims: readonly KubeObject[]): number => Math.max(...victims.map(priorityOf))
  const best = [...options].sort(
    (a, b) => worst(a.victims) - worst(b.victims) || a.victims.length - b.victims.length,
  )[0]
  if (best === undefined) return { kind: 'none' }
  for (const victim of best.victims) evict(world, victim, { pod, node: best.node })
  pod.status = { ...pod.status, nominatedNodeName: best.node }
  touchObject(world, pod)
  return { kind: 'victims' }
}
