import { remembered } from '../../base/index.ts'
import { chanceUuid } from '../chance.ts'
import type { KubeMetadata, KubeObject, KubeStore } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { isoOf } from './times.ts'

/** Names one object; `namespace` is left out for objects of the whole cluster. */
export type ObjectName = {
  readonly kind: string
  readonly namespace?: string | undefined
  readonly name: string
}

/** The key of an object in the store: `Kind/namespace/name`. */
export const keyOf = ({ kind, namespace = '', name }: ObjectName): string => `${kind}/${namespace}/${name}`

/** The object of a name. */
export const getObject = (store: KubeStore, name: ObjectName): KubeObject | undefined =>
  store.objects.get(keyOf(name))

/** All objects of a kind in the order of namespace and name, of one namespace where it is given. */
export const listObjects = (store: KubeStore, kind: string, namespace?: string): readonly KubeObject[] => {
  const all = sortedObjects(store, kind)
  return namespace === undefined ? all : all.filter(object => (object.metadata.namespace ?? '') === namespace)
}

// Which objects there are changes seldom, and is asked for by every law at every step.
const sortedLists = new WeakMap<KubeStore['objects'], Map<string, readonly KubeObject[]>>()

const sortedObjects = (store: KubeStore, kind: string): readonly KubeObject[] => {
  const lists = sortedLists.get(store.objects) ?? new Map<string, readonly KubeObject[]>()
  sortedLists.set(store.objects, lists)
  const known = lists.get(kind)
  if (known !== undefined) return known
  const found: KubeObject[] = []
  for (const object of store.objects.values()) if (object.kind === kind) found.push(object)
  found.sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))
  lists.set(kind, found)
  return found
}

const forgetList = ({ objects }: KubeStore, kind: string): void => void sortedLists.get(objects)?.delete(kind)

const sortKeyOf = remembered(
  ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`,
)

/** What is renewed or noted down all the time without anybody's acting upon it. */
const quiet = new Set(['Lease', 'Event', 'Node', 'Endpoints', 'EndpointSlice'])

/** Counts one more write of a kind and gives its number. */
const nextRevision = (world: World, kind: string): string => {
  if (!quiet.has(kind)) world.kube.stirredMs = world.nowMs
  world.kube.revision += 1
  world.etcd.revision += 1
  for (const member of world.etcd.members) member.raftIndex += 1
  return String(world.kube.revision)
}

/** Empties a store, as where its database is lost. */
export const clearObjects = ({ objects }: KubeStore): void => {
  objects.clear()
  sortedLists.delete(objects)
}

/** Notes that an object was changed in place. */
export const touchObject = (world: World, object: KubeObject): void => {
  statusTexts.delete(object)
  object.metadata.resourceVersion = nextRevision(world, object.kind)
}

/** What a new object is made of: what the server adds is left out. */
export type NewObject = Omit<KubeObject, 'metadata'> & {
  readonly metadata: Partial<KubeMetadata> & { readonly name: string }
}

/** Stores an object, new or in place of an old one, with the fields that the server gives. */
export const putObject = (world: World, object: NewObject, createdMs: number = world.nowMs): KubeObject => {
  const name = { kind: object.kind, namespace: object.metadata.namespace, name: object.metadata.name }
  const before = getObject(world.kube, name)
  // What is stored belongs to the store alone: templates and read files are shared by their users.
  const copy = structuredClone(object)
  delete copy.metadata.selfLink
  const stored = {
    ...copy,
    metadata: {
      ...copy.metadata,
      uid: before?.metadata.uid ?? object.metadata.uid ?? chanceUuid(world),
      creationTimestamp:
        before?.metadata.creationTimestamp ?? object.metadata.creationTimestamp ?? isoOf(createdMs),
      resourceVersion: nextRevision(world, object.kind),
    },
  } as KubeObject
  world.kube.objects.set(keyOf(name), stored)
  forgetList(world.kube, object.kind)
  return stored
}

/** Removes an object from the store. */
export const removeObject = (world: World, object: KubeObject): void => {
  if (world.kube.objects.delete(nameKeyOf(object))) nextRevision(world, object.kind)
  forgetList(world.kube, object.kind)
}

/** The key of an object that is at hand. */
export const nameKeyOf = ({ kind, metadata }: KubeObject): string =>
  keyOf({ kind, namespace: metadata.namespace, name: metadata.name })

const statusTexts = new WeakMap<KubeObject, { readonly status: unknown; readonly text: string }>()

/** Gives an object a status; when that is another than before it gets a new version. */
export const changeStatus = (world: World, object: KubeObject, status: unknown): void => {
  const text = JSON.stringify(status)
  const known = statusTexts.get(object)
  const before =
    known?.status === object.status && known !== undefined ? known.text : JSON.stringify(object.status)
  if (before === text) {
    statusTexts.set(object, { status: object.status, text })
    return
  }
  object.status = status
  touchObject(world, object)
  statusTexts.set(object, { status, text })
}

/** An owner reference to an object. */
export const ownerOf = (
  owner: KubeObject,
): NonNullable<KubeMetadata['ownerReferences']>[number] & {
  readonly blockOwnerDeletion: boolean
} => ({
  apiVersion: owner.apiVersion,
  blockOwnerDeletion: true,
  controller: true,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
})

/** Whether an object is controlled by another. */
export const isOwnedBy = (object: KubeObject, owner: KubeObject): boolean =>
  object.metadata.ownerReferences?.some(reference => reference.uid === owner.metadata.uid) === true
