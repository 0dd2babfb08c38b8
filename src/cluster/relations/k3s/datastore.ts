import { readText, writeText } from '../../files/file-tree.ts'
import { databaseText, openDatabase } from '../../kube/etcd-content.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { filesystemOf, filesystemUse } from '../filesystem-use.ts'
import { K3S_DATA } from './k3s-data.ts'

/** The database beside a k3s server. */
export const DATABASE = `${K3S_DATA}/server/db/state.db`
const EMPTY_BYTES = 1_417_216

/** What k3s installs by itself from its folder of manifests. */
const isBundled = ({ kind, metadata }: KubeObject): boolean =>
  (metadata.namespace ?? 'kube-system') === 'kube-system' &&
  metadata.ownerReferences === undefined &&
  /coredns|kube-dns|local-path|metrics-server|traefik/.test(metadata.name) &&
  !/^(Pod|Endpoints|EndpointSlice|Event|ReplicaSet|Secret|Lease)$/.test(kind)

/** Opens the database beside a k3s server that starts: where it is gone, an empty one is made, and what k3s brings is installed anew. */
export const openDatastore = (world: World, machine: Machine): void => {
  const text = readText(machine.files, DATABASE)
  if (openDatabase(world, { text, isBundled }) !== 'new') return
  writeText(machine.files, DATABASE, {
    text: databaseText(world, 'SQLite format 3'),
    paddingBytes: EMPTY_BYTES,
    mtimeMs: world.nowMs,
  })
}

/** Why the database beside a k3s server takes no writes, in SQLite's words; `undefined` when it takes them. */
export const datastoreProblem = (machine: Machine): string | undefined => {
  const system = filesystemOf(machine, `${K3S_DATA}/server/db`)
  if (system === undefined) return undefined
  if (system.isReadOnly) return 'attempt to write a readonly database'
  return filesystemUse(machine, system).usedBytes >= system.sizeBytes - system.reservedBytes
    ? 'database or disk is full'
    : undefined
}
