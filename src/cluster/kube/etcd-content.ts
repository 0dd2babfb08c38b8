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
  kind === 'FlowSchema' ||
  kind === 'PriorityLevelConfiguration' ||
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

/** What the name of a database says of its content; empty for the first. */
const GENERATION = /\sgeneration (\d+)$/

/** The text of the database that is in use. */
export const databaseText = ({ kube }: World, head: string): string =>
  kube.database === undefined ? head : `${head} generation ${kube.database}`

/** Whether the text of a database file is that of one: of a snapshot, or one that a member wrote. */
export const isDatabase = (text: string): boolean => /^etcd /.test(text)

/** Goes on with what a snapshot holds, in a database of its own; the one that was in use keeps what it held. */
export const openSnapshot = (world: World, snapshot: SnapshotContent): void => {
  const { kube, etcd } = world
  const objects = [...kube.objects.values()]
  const left = { revision: etcd.revision, keys: objects.length, sizeBytes: 0, objects }
  kube.databases = { ...kube.databases, [kube.database ?? '']: left }
  kube.database = String(world.nowMs)
  restoreContent(world, snapshot)
}

/**
 * Opens the database whose text was found where it is to lie, or begins one where there is none: what is stored becomes what that
 * holds. One that was moved away keeps what it held. Says whether anything changed.
 */
export const openDatabase = (
  world: World,
  {
    text,
    isBundled = () => false,
  }: { readonly text: string | undefined; readonly isBundled?: (object: KubeObject) => boolean },
): 'same' | 'other' | 'new' => {
  const { kube, etcd } = world
  const found = text === undefined ? undefined : (GENERATION.exec(text)?.[1] ?? '')
  const current = kube.database ?? ''
  if (found === current) return 'same'
  const objects = [...kube.objects.values()]
  const left = kube.databases?.[found ?? '']
  if (found !== undefined && left === undefined) return 'same'
  kube.databases = {
    ...kube.databases,
    [current]: { revision: etcd.revision, keys: objects.length, sizeBytes: 0, objects },
  }
  kube.database = found ?? String(world.nowMs)
  if (left === undefined) beginAnew(world, isBundled)
  else restoreContent(world, left)
  return left === undefined ? 'new' : 'other'
}

/** Begins anew with an etcd that holds nothing: the API server makes its own objects again, and what comes with it is installed. */
const beginAnew = (world: World, isBundled: (object: KubeObject) => boolean): void => {
  const kept = empty(world).filter(object => isMadeByServer(object) || isBundled(object))
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
      ...(/^(Deployment|DaemonSet|Job)$/.test(object.kind) ? { status: {} } : {}),
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}) },
    } as Parameters<typeof putObject>[1])
  }
}
