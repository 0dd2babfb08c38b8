import { fitsSelector } from '../../kube/labels.ts'
import { getObject, listObjects, ownerOf, touchObject } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const keepers = ['ReplicaSet', 'StatefulSet', 'DaemonSet'] as const

const isKeeper = (kind: string): boolean => keepers.some(keeper => keeper === kind)

const release = (world: World, pod: KubeObject): void => {
  const owner = pod.metadata.ownerReferences?.find(({ kind }) => isKeeper(kind))
  if (owner === undefined) return
  const keeper = getObject(world.kube, { ...owner, namespace: pod.metadata.namespace })
  if (keeper === undefined || fitsSelector(pod.metadata.labels, keeper.spec.selector)) return
  delete pod.metadata.ownerReferences
  touchObject(world, pod)
}

const adopt = (world: World, pod: KubeObject): void => {
  if (pod.metadata.ownerReferences !== undefined || pod.metadata.labels === undefined) return
  for (const kind of keepers)
    for (const keeper of listObjects(world.kube, kind, pod.metadata.namespace))
      if (fitsSelector(pod.metadata.labels, keeper.spec.selector)) {
        pod.metadata.ownerReferences = [ownerOf(keeper)]
        touchObject(world, pod)
        return
      }
}

/** Controllers let go of pods whose labels no longer fit them, and take in those of nobody that do. */
export const adoptPods = (world: World): void => {
  for (const pod of listObjects(world.kube, 'Pod')) {
    if (pod.metadata.deletionTimestamp !== undefined || isFinished(pod)) continue
    release(world, pod)
    adopt(world, pod)
  }
}
