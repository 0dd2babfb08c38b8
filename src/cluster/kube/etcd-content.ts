import type { KubeObject } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { listObjects, putObject, removeObject } from './store.ts'

/** Begins the text of a database that a snapshot gave, until an etcd has read it. */
export const SNAPSHOT_MARK = 'etcd snapshot '

/** What a snapshot holds: figures about it, and everything that was stored. */
export type SnapshotContent = {
  readonly revision: number
  readonly keys: number
  readonly sizeBytes: number
  readonly objects: readonly KubeObject[]
}

/** Reads a database file that a snapshot gave; `undefined` for any other text. */
export const readSnapshot = (text: string | undefined): SnapshotContent | undefined =>
  text?.startsWith(SNAPSHOT_MARK) === true ? JSON.parse(text.slice(SNAPSHOT_MARK.length)) : undefined

/** The text of a snapshot of everything that is stored now. */
export const snapshotText = ({ kube, etcd }: World, sizeBytes: number): string => {
  const objects = [...kube.objects.values()]
  return `${SNAPSHOT_MARK}${JSON.stringify({ revision: etcd.revision, keys: objects.length + 41, sizeBytes, objects } satisfies SnapshotContent)}`
}

const ownNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** What the API server writes by itself into an etcd that holds nothing. */
const isMadeByServer = ({ kind, metadata, spec }: KubeObject): boolean =>
  (kind === 'Service' && metadata.name === 'kubernetes' && metadata.namespace === 'default') ||
  (kind === 'APIService' && spec?.service === undefined) ||
  (kind === 'PriorityClass' && metadata.name.startsWith('system-')) ||
  (kind.startsWith('ClusterRole') && metadata.labels?.['kubernetes.io/bootstrapping'] !== undefined)

const empty = (world: World): readonly KubeObject[] => {
  const before = [...world.kube.objects.values()]
  for (const kind of new Set(before.map(object => object.kind)))
    for (const object of listObjects(world.kube, kind)) removeObject(world, object)
  return before
}

/** Replaces everything that is stored by what a snapshot holds. */
export const restoreContent = (world: World, { objects, revision }: SnapshotContent): void => {
  empty(world)
  for (const object of objects) putObject(world, object)
  world.etcd.revision = Math.max(world.etcd.revision, revision)
}

/** Begins anew with an etcd that holds nothing: the API server makes its own objects again. */
export const beginAnew = (world: World): void => {
  const kept = empty(world).filter(isMadeByServer)
  world.kube.revision = 1
  world.etcd.revision = 1
  world.etcd.compactedRevision = 0
  world.etcd.alarms = []
  for (const name of ownNamespaces)
    putObject(world, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  for (const { metadata, ...object } of kept) {
    const { name, namespace, labels } = metadata
    putObject(world, {
      ...object,
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}) },
    } as Parameters<typeof putObject>[1])
  }
}
