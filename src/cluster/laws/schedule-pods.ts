import { lastSeenMs } from '../kube/events.ts'
import { getObject, listObjects, touchObject } from '../kube/store.ts'
import { isoOf } from '../kube/times.ts'
import { isActing } from '../relations/components.ts'
import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'
import { likePods } from './scheduling/neighbours-wanted.ts'
import { claimObstacle, claimsToPlace, type NodeRoom, nodeObstacle, roomOf } from './scheduling/obstacles.ts'
import { isCrowded, type Preemption, preempt } from './scheduling/preempt.ts'
import { schedulerReports } from './scheduling/scheduler-reports.ts'

const RETRY_MS = 300_000

const counted = (obstacles: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const obstacle of obstacles.flatMap(text => text.split('\n')))
    counts.set(obstacle, (counts.get(obstacle) ?? 0) + 1)
  return [...counts]
    .map(([text, count]) => `${count} ${text}`)
    .sort()
    .join(', ')
}

/** The message of FailedScheduling as the scheduler of 1.28 composes it; `taken` where others make room, or have none to make. */
export const failureText = (nodes: number, obstacles: readonly string[], taken?: Preemption): string => {
  const available = `0/${nodes} nodes are available`
  const why = `${available}: ${counted(obstacles)}.`
  if (taken?.kind === 'victims') return why
  if (taken?.kind === 'ineligible') return `${why} preemption: not eligible due to ${taken.why}.`
  const helpless = obstacles.filter(o => !isCrowded(o)).length
  const hopeless = obstacles.length - helpless
  const preemption = [
    ...(hopeless === 0 ? [] : [`${hopeless} No preemption victims found for incoming pod`]),
    ...(helpless === 0 ? [] : [`${helpless} Preemption is not helpful for scheduling`]),
  ].join(', ')
  return `${why} preemption: ${available}: ${preemption}..`
}

const notPlaced = (world: World, pod: KubeObject, message: string): void => {
  const before = pod.status?.conditions?.find((c: { type: string }) => c.type === 'PodScheduled')
  const isNews = before?.message !== message
  if (isNews) {
    pod.status = {
      ...pod.status,
      conditions: [
        {
          lastProbeTime: null,
          lastTransitionTime: before?.lastTransitionTime ?? isoOf(world.nowMs),
          message,
          reason: 'Unschedulable',
          status: 'False',
          type: 'PodScheduled',
        },
      ],
    }
    touchObject(world, pod)
  }
  const last = listObjects(world.kube, 'Event', pod.metadata.namespace)
    .filter(e => e.involvedObject.uid === pod.metadata.uid && e.reason === 'FailedScheduling')
    .map(lastSeenMs)
  if (!isNews && world.nowMs - Math.max(0, ...last) < RETRY_MS) return
  schedulerReports(world, pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
  })
}

const place = (world: World, pod: KubeObject, node: NodeRoom): void => {
  const { name } = node.node.metadata
  for (const claim of claimsToPlace(world, pod))
    claim.metadata.annotations = { ...claim.metadata.annotations, 'volume.kubernetes.io/selected-node': name }
  pod.spec.nodeName = name
  const { status } = pod
  pod.status = {
    ...status,
    nominatedNodeName: undefined,
    conditions: [
      { lastProbeTime: null, lastTransitionTime: isoOf(world.nowMs), status: 'True', type: 'PodScheduled' },
    ],
  }
  touchObject(world, pod)
  schedulerReports(world, pod, {
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${name}`,
  })
}

const schedule = (world: World, pod: KubeObject) => {
  const rooms = listObjects(world.kube, 'Node').map(node => roomOf(world, node, { comer: pod }))
  const unbound = claimObstacle(world, pod)
  const all = `0/${rooms.length} nodes are available`
  if (rooms.length === 0) return notPlaced(world, pod, 'no nodes available to schedule pods')
  if (unbound !== undefined)
    return notPlaced(
      world,
      pod,
      `${all}: ${unbound}. preemption: ${all}: ${rooms.length} Preemption is not helpful for scheduling..`,
    )
  const seen = rooms.map(room => ({ room, obstacle: nodeObstacle(world, pod, room) }))
  const free = seen.filter(({ obstacle }) => obstacle === undefined).map(({ room }) => room)
  const alike = likePods(world, pod)
  const likeAt = ({ node }: NodeRoom): number => alike.get(node.metadata.name) ?? 0
  const best = [...free].sort((a, b) => likeAt(a) - likeAt(b) || a.pods - b.pods || a.share - b.share)[0]
  if (best !== undefined) return place(world, pod, best)
  const taken = preempt(world, pod, seen)
  notPlaced(
    world,
    pod,
    failureText(
      rooms.length,
      seen.map(({ obstacle }) => obstacle ?? ''),
      taken,
    ),
  )
}

const priorityOf = ({ spec }: KubeObject): number => spec?.priority ?? 0

/** The scheduler gives pods a node while it leads and gets through to the API server, or says why none fits. */
export const schedulePods: Law = world => {
  if (!isActing(world, 'kube-scheduler')) return
  const waiting = listObjects(world.kube, 'Pod').filter(
    ({ spec, metadata }) =>
      spec?.nodeName === undefined &&
      metadata.deletionTimestamp === undefined &&
      (spec?.schedulerName ?? 'default-scheduler') === 'default-scheduler',
  )
  for (const pod of [...waiting].sort((a, b) => priorityOf(b) - priorityOf(a)))
    if (getObject(world.kube, { ...pod.metadata, kind: 'Pod' })) schedule(world, pod)
}
