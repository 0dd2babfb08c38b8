import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { listObjects, removeObject, touchObject } from './store.ts'
import { isoOf } from './times.ts'

/** What is of a kind goes with its definition. */
const removeInstances = (world: World, { spec }: KubeObject): void => {
  for (const object of listObjects(world.kube, spec?.names?.kind ?? ''))
    if (object.apiVersion.startsWith(`${spec?.group}/`)) removeObject(world, object)
}

/** Asks for an object's end: it goes at once, or when nobody holds it by a finalizer any more. */
export const deleteObject = (world: World, object: KubeObject): void => {
  const { metadata } = object
  if (object.kind === 'CustomResourceDefinition') removeInstances(world, object)
  if ((metadata.finalizers ?? []).length === 0) removeObject(world, object)
  else if (metadata.deletionTimestamp === undefined) {
    metadata.deletionTimestamp = isoOf(world.nowMs)
    touchObject(world, object)
  }
}

/** Puts a finalizer on an object, or takes it off; one that is to go takes no new ones. */
export const setFinalizer = (
  world: World,
  object: KubeObject,
  { name, isHeld }: { readonly name: string; readonly isHeld: boolean },
): void => {
  const before = object.metadata.finalizers ?? []
  if (before.includes(name) === isHeld) return
  if (isHeld && object.metadata.deletionTimestamp !== undefined) return
  object.metadata.finalizers = isHeld ? [...before, name] : before.filter(own => own !== name)
  touchObject(world, object)
}

/** Whether there is more to end than an entry: pods end with their kubelet, namespaces with all that is in them. */
const isDrained = ({ kind, spec, status }: KubeObject): boolean =>
  kind === 'Namespace' ||
  (kind === 'Pod' && spec?.nodeName !== undefined && !['Succeeded', 'Failed'].includes(status?.phase))

/** Removes what was to be deleted and is held by nobody any more. */
export const finishDeletions = (world: World): void => {
  for (const object of world.kube.objects.values()) {
    const { deletionTimestamp, finalizers = [] } = object.metadata
    if (deletionTimestamp !== undefined && finalizers.length === 0 && !isDrained(object))
      removeObject(world, object)
  }
}
