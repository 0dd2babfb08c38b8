import { isoOf, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { shareOf } from './share-of.ts'

/** How many pods a deployment has: all, those of its current set, those that are ready, and those that have been for long enough. */
export type Tally = {
  readonly ready: number
  readonly available: number
  readonly updated: number
  readonly total: number
}

const availability = (world: World, deployment: KubeObject, available: number): KubeValue => {
  const { spec, status } = deployment
  const wanted: number = spec.replicas
  const least = wanted - shareOf(spec.strategy?.rollingUpdate?.maxUnavailable ?? 0, wanted, Math.floor)
  const isEnough = available >= least
  return changed(
    world,
    status?.conditions ?? [],
    isEnough
      ? ['Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.']
      : [
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
        ],
  )
}

type Said = readonly [type: string, status: string, reason: string, message: string]

/** A condition as it is now: the one before where nothing is new. */
const changed = (
  world: World,
  before: readonly KubeValue[],
  [type, status, reason, message]: Said,
): KubeValue => {
  const known = before.find(condition => condition.type === type)
  if (known?.status === status && known?.reason === reason) return known
  const now = isoOf(world.nowMs)
  return {
    lastTransitionTime: known?.status === status ? known?.lastTransitionTime : now,
    lastUpdateTime: now,
    message,
    reason,
    status,
    type,
  }
}

/** The conditions of a deployment that is paused, which is not said of one that was late before. */
export const pausedConditions = (world: World, deployment: KubeObject, { available }: Tally): KubeValue => {
  const before: readonly KubeValue[] = deployment.status?.conditions ?? []
  const known = before.find(condition => condition.type === 'Progressing')
  return [
    availability(world, deployment, available),
    known?.reason === 'ProgressDeadlineExceeded'
      ? known
      : changed(world, before, ['Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused']),
  ]
}

/** How far a deployment has come, as its controller says it. */
const progress = (
  world: World,
  deployment: KubeObject,
  { available, updated, total, current }: Tally & { readonly current: KubeObject },
): KubeValue => {
  const { status: old, spec } = deployment
  const before: readonly KubeValue[] = old?.conditions ?? []
  const wanted: number = spec.replicas
  const told = before.find(condition => condition.type === 'Progressing')
  const set = `ReplicaSet "${current.metadata.name}"`
  const isToldOfCurrent = told?.message?.startsWith(set) === true
  // What was complete once stays so for as long as no other set takes part, whatever becomes of its pods.
  const isDone =
    (updated === wanted && total === wanted && available === wanted) ||
    (isToldOfCurrent && told.reason === 'NewReplicaSetAvailable' && total === updated)
  if (isDone)
    return changed(world, isToldOfCurrent ? before : [], [
      'Progressing',
      'True',
      'NewReplicaSetAvailable',
      `${set} has successfully progressed.`,
    ])
  const hasProgressed =
    !isToldOfCurrent || updated > (old?.updatedReplicas ?? 0) || available > (old?.availableReplicas ?? 0)
  if (!hasProgressed) {
    const isLate =
      told.reason === 'ProgressDeadlineExceeded' ||
      world.nowMs - msOf(told.lastUpdateTime) > (spec.progressDeadlineSeconds ?? 600) * 1000
    return isLate
      ? changed(world, before, [
          'Progressing',
          'False',
          'ProgressDeadlineExceeded',
          `${set} has timed out progressing.`,
        ])
      : told
  }
  const since = told?.status === 'True' ? told.lastTransitionTime : isoOf(world.nowMs)
  const said: Said = ['Progressing', 'True', 'ReplicaSetUpdated', `${set} is progressing.`]
  return { ...changed(world, [], said), lastTransitionTime: since }
}

/** The conditions of a deployment that rolls over to its current set. */
export const conditionsOf = (
  world: World,
  deployment: KubeObject,
  tally: Tally & { readonly current: KubeObject },
): KubeValue => [
  availability(world, deployment, tally.available),
  progress(world, deployment, tally),
  ...(tally.current.status?.conditions ?? []),
]
