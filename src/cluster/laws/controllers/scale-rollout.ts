import { recordEvent } from '../../kube/events.ts'
import { touchObject } from '../../kube/store.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { shareOf } from './share-of.ts'

const DESIRED = 'deployment.kubernetes.io/desired-replicas'
const MOST = 'deployment.kubernetes.io/max-replicas'

/** What a replica set notes of the size of its deployment. */
export const sizeNotes = [DESIRED, MOST] as const

/** How many pods a deployment may have while it rolls over. */
export const mostPods = ({ spec }: KubeObject): number =>
  spec.replicas === 0 || spec.strategy?.type === 'Recreate'
    ? spec.replicas
    : spec.replicas + shareOf(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', spec.replicas, Math.ceil)

/** Notes the size of a deployment at one of its sets; whether that was not there yet. */
export const noteSize = (deployment: KubeObject, set: KubeObject): boolean => {
  const notes = { [DESIRED]: String(deployment.spec.replicas), [MOST]: String(mostPods(deployment)) }
  if (sizeNotes.every(key => set.metadata.annotations?.[key] === notes[key])) return false
  set.metadata.annotations = { ...set.metadata.annotations, ...notes }
  return true
}

/** Gives a set another number of pods, which its deployment tells. */
export const scaleTo = (
  world: World,
  deployment: KubeObject,
  { set, to, isNew = false }: { readonly set: KubeObject; readonly to: number; readonly isNew?: boolean },
): void => {
  const from = set.spec.replicas
  const isNoted = noteSize(deployment, set)
  if (from !== to) set.spec.replicas = to
  if (from !== to || isNoted) touchObject(world, set)
  if (from === to) return
  recordEvent(world, {
    about: deployment,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${to > from ? 'up' : 'down'} replica set ${set.metadata.name} to ${to}${isNew ? '' : ` from ${from}`}`,
    source: 'deployment-controller',
  })
}

/** By how much a set of a deployment that was resized grows or shrinks for its part. */
const shareIn = (deployment: KubeObject, set: KubeObject): number => {
  const before = Number(set.metadata.annotations?.[MOST] ?? deployment.status?.replicas ?? 0)
  const replicas: number = set.spec.replicas
  return before === 0 ? 0 : Math.round((replicas * mostPods(deployment)) / before) - replicas
}

const isResized = (deployment: KubeObject, { metadata }: KubeObject): boolean => {
  const noted = metadata.annotations?.[DESIRED]
  return noted !== undefined && Number(noted) !== deployment.spec.replicas
}

/** Sets by size; those of one size as they were made, or the other way round. */
const bySize = (sets: readonly KubeObject[], isGrowing: boolean): readonly KubeObject[] =>
  [...sets].sort(
    (a, b) =>
      b.spec.replicas - a.spec.replicas ||
      (isGrowing ? 1 : -1) *
        String(b.metadata.creationTimestamp).localeCompare(String(a.metadata.creationTimestamp)),
  )

/** Where a deployment is resized while it rolls over, each of its sets takes its part of that. */
export const scaleInProportion = (
  world: World,
  deployment: KubeObject,
  sets: readonly KubeObject[],
): void => {
  if (sets.length < 2 || deployment.spec.strategy?.type === 'Recreate') return
  if (!sets.some(set => isResized(deployment, set))) return
  const change = mostPods(deployment) - sets.reduce((sum, { spec }) => sum + spec.replicas, 0)
  const ordered = bySize(sets, change > 0)
  let left = change
  const sizes = ordered.map(set => {
    const share = shareIn(deployment, set)
    const part = change > 0 ? Math.min(share, left) : change < 0 ? Math.max(share, left) : 0
    left -= part
    return set.spec.replicas + part
  })
  ordered.forEach((set, place) => {
    const to = Math.max(0, (sizes[place] ?? 0) + (place === 0 ? left : 0))
    scaleTo(world, deployment, { set, to })
  })
}
