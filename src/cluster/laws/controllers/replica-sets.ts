import { changeStatus, listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { firstRefusal } from './creation-failures.ts'
import { deleteOwned, isPodAvailable, isPodReady, livePodsOf, makePod, nameBelow } from './make-pod.ts'

/** The condition of a replica set that lacks pods because the API server refuses them. */
const failureOf = (world: World, set: KubeObject): KubeValue => {
  if (livePodsOf(world, set).length >= set.spec.replicas) return {}
  const refusal = firstRefusal(world, set)
  if (refusal === undefined) return {}
  const { message, since } = refusal
  return {
    conditions: [
      { lastTransitionTime: since, message, reason: 'FailedCreate', status: 'True', type: 'ReplicaFailure' },
    ],
  }
}

const rank = (pod: KubeObject): number => (pod.spec?.nodeName === undefined ? 0 : isPodReady(pod) ? 2 : 1)

const syncReplicaSet = (world: World, set: KubeObject): void => {
  const pods = livePodsOf(world, set)
  for (let missing = set.spec.replicas - pods.length; missing > 0; missing--)
    if (makePod(world, { owner: set, name: nameBelow(world, set.metadata.name) }) === undefined) break
  const surplus = pods.length - set.spec.replicas
  if (surplus > 0)
    for (const pod of [...pods].sort((a, b) => rank(a) - rank(b)).slice(0, surplus))
      deleteOwned(world, set, pod)
  const live = livePodsOf(world, set)
  const ready = live.filter(isPodReady).length
  const available = live.filter(pod => isPodAvailable(world, set, pod)).length
  changeStatus(world, set, {
    ...(available === 0 ? {} : { availableReplicas: available }),
    ...failureOf(world, set),
    ...(live.length === 0 ? {} : { fullyLabeledReplicas: live.length }),
    observedGeneration: set.metadata.generation ?? 1,
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    replicas: live.length,
  })
}

/** Replica sets keep their number of pods. */
export const syncReplicaSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'ReplicaSet')) syncReplicaSet(world, set)
}
