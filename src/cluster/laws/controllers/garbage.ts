import { getObject, listObjects, putObject, removeObject } from '../../kube/store.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { deletePod } from './make-pod.ts'

const owned = ['ReplicaSet', 'Job', 'Pod', 'PersistentVolumeClaim'] as const

type Owner = NonNullable<KubeObject['metadata']['ownerReferences']>[number]

/** Whether an owner is found under the name that a reference gives it. */
const isThere = (world: World, { kind, name, uid }: Owner, namespace: string | undefined): boolean =>
  getObject(world.kube, { kind, namespace, name })?.metadata.uid === uid

/** Removes what its owner left behind, pods of nodes that are gone, and namespaces that are to go. */
export const collectGarbage = (world: World): void => {
  let uids: ReadonlySet<string> | undefined
  for (const kind of owned)
    for (const object of listObjects(world.kube, kind)) {
      const owner = object.metadata.ownerReferences?.[0]
      if (owner === undefined || isThere(world, owner, object.metadata.namespace)) continue
      uids ??= new Set([...world.kube.objects.values()].map(({ metadata }) => metadata.uid))
      if (uids.has(owner.uid)) continue
      if (kind === 'Pod') deletePod(world, object)
      else removeObject(world, object)
    }
  for (const pod of listObjects(world.kube, 'Pod'))
    if (
      pod.spec?.nodeName !== undefined &&
      getObject(world.kube, { kind: 'Node', name: pod.spec.nodeName }) === undefined
    )
      removeObject(world, pod)
  for (const namespace of listObjects(world.kube, 'Namespace'))
    finishNamespace(world, namespace.metadata.name)
}

const finishNamespace = (world: World, name: string): void => {
  const namespace = getObject(world.kube, { kind: 'Namespace', name })
  if (namespace?.status?.phase !== 'Terminating') return
  let remains = false
  for (const object of [...world.kube.objects.values()]) {
    if (object.metadata.namespace !== name) continue
    if (object.kind === 'Pod') {
      remains = true
      deletePod(world, object)
    } else removeObject(world, object)
  }
  if (!remains) removeObject(world, namespace)
}

/** Every namespace has its default service account and the cluster's authority. */
export const fillNamespaces = (world: World): void => {
  for (const namespace of listObjects(world.kube, 'Namespace')) {
    const { name } = namespace.metadata
    if (namespace.status?.phase === 'Terminating') continue
    if (getObject(world.kube, { kind: 'ServiceAccount', namespace: name, name: 'default' }) === undefined)
      putObject(world, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name },
      })
    if (getObject(world.kube, { kind: 'ConfigMap', namespace: name, name: 'kube-root-ca.crt' }) === undefined)
      putObject(world, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'kube-root-ca.crt', namespace: name },
        data: {
          'ca.crt':
            getObject(world.kube, { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-root-ca.crt' })
              ?.data?.['ca.crt'] ?? '',
        },
      })
  }
}
