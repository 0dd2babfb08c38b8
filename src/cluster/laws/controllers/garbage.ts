import { hasTokenSecrets } from '../../kube/account-tokens.ts'
import { deleteObject } from '../../kube/deletion.ts'
import { changeStatus, getObject, listObjects, nameKeyOf, putObject, removeObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { awaitTime } from '../../relations/await-time.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { deletePod } from './make-pod.ts'

const owned = ['ReplicaSet', 'Job', 'Pod', 'PersistentVolumeClaim', 'ControllerRevision', 'CSINode'] as const

type Owner = NonNullable<KubeObject['metadata']['ownerReferences']>[number]

/** Whether an owner is found under the name that a reference gives it. */
const isThere = (world: World, { kind, name, uid }: Owner, namespace: string | undefined): boolean =>
  getObject(world.kube, { kind, namespace, name })?.metadata.uid === uid

/** Removes what its owner left behind. */
export const collectGarbage = (world: World): void => {
  let uids: ReadonlySet<string> | undefined
  for (const kind of owned)
    for (const object of listObjects(world.kube, kind)) {
      const owner = object.metadata.ownerReferences?.[0]
      if (owner === undefined || isThere(world, owner, object.metadata.namespace)) continue
      uids ??= new Set([...world.kube.objects.values()].map(({ metadata }) => metadata.uid))
      if (uids.has(owner.uid)) continue
      if (kind === 'Pod') deletePod(world, object)
      else deleteObject(world, object)
    }
}

/** Removes the pods of nodes that are gone. */
export const removeLostPods = (world: World): void => {
  for (const pod of listObjects(world.kube, 'Pod'))
    if (
      pod.spec?.nodeName !== undefined &&
      getObject(world.kube, { kind: 'Node', name: pod.spec.nodeName }) === undefined
    )
      removeObject(world, pod)
}

/** How long the namespace controller waits before it looks at a namespace that is to go, and again after each report of it. */
const LOOK_MS = 5_000

/** Whether the controller has looked at a namespace in the time that has just passed. */
const isLookedAt = (world: World, { metadata }: KubeObject, passedMs: number): boolean => {
  const sinceMs = msOf(metadata.deletionTimestamp ?? isoOf(world.nowMs))
  const looks = (atMs: number): number => Math.max(0, Math.floor((atMs - sinceMs) / LOOK_MS))
  awaitTime(world, sinceMs + (looks(world.nowMs) + 1) * LOOK_MS)
  return looks(world.nowMs) > looks(world.nowMs - passedMs)
}

/** Empties and removes the namespaces that are to go. */
export const finishNamespaces = (world: World, passedMs: number): void => {
  for (const namespace of listObjects(world.kube, 'Namespace'))
    if (namespace.status?.phase === 'Terminating') finishNamespace(world, namespace, passedMs)
}

const finishNamespace = (world: World, namespace: KubeObject, passedMs: number): void => {
  const { name } = namespace.metadata
  if (namespace.spec?.finalizers?.length === 0 && (namespace.metadata.finalizers ?? []).length === 0) {
    // Somebody took off what held it: it goes, and what is in it stays behind.
    removeObject(world, namespace)
    return
  }
  if (!isLookedAt(world, namespace, passedMs)) return
  const held: KubeObject[] = []
  for (const object of [...world.kube.objects.values()]) {
    if (object.metadata.namespace !== name) continue
    if (object.kind === 'Pod') deletePod(world, object)
    else deleteObject(world, object)
    if (world.kube.objects.has(nameKeyOf(object))) held.push(object)
  }
  const conditions = obstaclesOf(world, held)
  const isClear = conditions.every(({ status }) => status === 'False')
  if (isClear && (namespace.metadata.finalizers ?? []).length === 0) removeObject(world, namespace)
  else if (isClear) {
    // Its content is gone, and somebody holds the namespace itself.
    if (namespace.spec?.finalizers !== undefined) namespace.spec = {}
    changeStatus(world, namespace, { phase: 'Terminating' })
  } else
    changeStatus(world, namespace, {
      conditions: conditions.map(condition => withTime(world, namespace, condition)),
      phase: 'Terminating',
    })
}

type Condition = {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

/** A condition with the time since when it is so. */
const withTime = (world: World, { status }: KubeObject, condition: Condition): KubeValue => {
  const known = (status?.conditions ?? []).find((c: KubeValue) => c.type === condition.type)
  return {
    lastTransitionTime: known?.status === condition.status ? known.lastTransitionTime : isoOf(world.nowMs),
    ...condition,
  }
}

/** What keeps a namespace from going: groups that the API server cannot list, objects that are still there, finalizers on them. */
const obstaclesOf = (world: World, held: readonly KubeObject[]): readonly Condition[] => {
  const mute = listObjects(world.kube, 'APIService').filter(({ status }) =>
    status?.conditions?.some((c: KubeValue) => c.type === 'Available' && c.status === 'False'),
  )
  const groups = mute.map(({ spec }) => `${spec.group}/${spec.version}`)
  const finalizers = new Set(held.flatMap(({ metadata }) => metadata.finalizers ?? []))
  const kinds = [...new Set(held.map(resourceOf))].sort()
  const count = (kind: string): number => held.filter(object => resourceOf(object) === kind).length
  const holds = (finalizer: string): number =>
    held.filter(({ metadata }) => metadata.finalizers?.includes(finalizer)).length
  return [
    saidOf('NamespaceDeletionDiscoveryFailure', {
      bad: groups.length > 0 && [
        'DiscoveryFailed',
        `Discovery failed for some groups, ${groups.length} failing: unable to retrieve the complete list of server APIs: ${groups.map(group => `${group}: stale GroupVersion discovery: ${group}`).join(', ')}`,
      ],
      good: ['ResourcesDiscovered', 'All resources successfully discovered'],
    }),
    saidOf('NamespaceDeletionGroupVersionParsingFailure', {
      bad: false,
      good: ['ParsedGroupVersions', 'All legacy kube types successfully parsed'],
    }),
    saidOf('NamespaceDeletionContentFailure', {
      bad: false,
      good: ['ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
    }),
    saidOf('NamespaceContentRemaining', {
      bad: held.length > 0 && [
        'SomeResourcesRemain',
        `Some resources are remaining: ${kinds.map(kind => `${kind} has ${count(kind)} resource instances`).join(', ')}`,
      ],
      good: ['ContentRemoved', 'All content successfully removed'],
    }),
    saidOf('NamespaceFinalizersRemaining', {
      bad: finalizers.size > 0 && [
        'SomeFinalizersRemain',
        `Some content in the namespace has finalizers remaining: ${[...finalizers].map(finalizer => `${finalizer} in ${holds(finalizer)} resource instances`).join(', ')}`,
      ],
      good: ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
    }),
  ]
}

type Words = readonly [reason: string, message: string]

const saidOf = (
  type: string,
  { bad, good }: { readonly bad: Words | false; readonly good: Words },
): Condition => {
  const [reason, message] = bad === false ? good : bad
  return { type, status: bad === false ? 'False' : 'True', reason, message }
}

/** The resource of an object with its group behind, as the namespace controller lists it: `pods.`, `deployments.apps`. */
const resourceOf = ({ kind, apiVersion }: KubeObject): string => {
  const lower = kind.toLowerCase()
  const plural = lower.endsWith('points')
    ? lower
    : lower
        .replace(/y$/, 'ie')
        .replace(/(ss|x|ch)$/, '$1e')
        .concat('s')
  return `${plural}.${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}`
}

const livingSpaces = (world: World): readonly string[] =>
  listObjects(world.kube, 'Namespace')
    .filter(({ status }) => status?.phase !== 'Terminating')
    .map(({ metadata }) => metadata.name)

/** Gives each namespace the account that pods have where nobody says another. */
export const keepDefaultAccounts = (world: World): void => {
  for (const namespace of livingSpaces(world)) {
    const account = { kind: 'ServiceAccount', namespace, name: 'default' }
    if (getObject(world.kube, account) === undefined)
      putObject(world, { apiVersion: 'v1', kind: account.kind, metadata: { name: account.name, namespace } })
  }
}

/** Gives each namespace the certificate of the cluster's authority. */
export const publishAuthority = (world: World): void => {
  if (hasTokenSecrets(world.kube)) return
  const name = 'kube-root-ca.crt'
  const text = getObject(world.kube, { kind: 'ConfigMap', namespace: 'kube-system', name })?.data?.['ca.crt']
  for (const namespace of livingSpaces(world))
    if (getObject(world.kube, { kind: 'ConfigMap', namespace, name }) === undefined)
      putObject(world, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace },
        data: { 'ca.crt': text ?? '' },
      })
}
