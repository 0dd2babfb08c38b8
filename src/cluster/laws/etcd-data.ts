import { nodeAt, readText, realPathOf, setNode, writeText } from '../files/file-tree.ts'
import { databaseText, openDatabase, readSnapshot, restoreContent } from '../kube/etcd-content.ts'
import { getObject } from '../kube/store.ts'
import { etcdProcessOf } from '../relations/etcd-health.ts'
import type { Container } from '../world/container.ts'
import type { EtcdMember, KubeValue } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** How long after its start a member is still reading what it found. */
const YOUNG_MS = 30_000

const etcdContainerOn = ({ runtime }: Machine): Container | undefined =>
  runtime?.containers.find(c => c.service === 'etcd' && c.state === 'running')

/** Where the folder of a container lies on its machine: what its pod mounts there. */
const hostFolderOf = (world: World, { namespace, podName, name }: Container, folder: string): string => {
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name: podName })
  const mounts: readonly KubeValue[] =
    pod?.spec?.containers?.find((c: KubeValue) => c.name === name)?.volumeMounts ?? []
  const mount = mounts.find(candidate => candidate.mountPath === folder)
  const volume = pod?.spec?.volumes?.find((v: KubeValue) => v.name === mount?.name)
  return volume?.hostPath?.path ?? folder
}

const startedMsOf = (machine: Machine): number | undefined =>
  etcdContainerOn(machine)?.startedMs ??
  [...machine.units.values()].find(unit => unit.service === 'etcd')?.startedMs

const databaseOf = (member: EtcdMember): string => `${member.dataDir}/member/snap/db`

const writeDatabase = (world: World, machine: Machine, member: EtcdMember): void => {
  const path = databaseOf(member)
  const node = nodeAt(machine.files, path)
  const text = databaseText(world, `etcd ${member.name}`)
  if (node !== undefined)
    setNode(machine.files, realPathOf(machine.files, path) ?? path, {
      ...node,
      text,
      paddingBytes: member.sizeBytes,
    })
  else
    writeText(machine.files, path, {
      text,
      mode: 0o600,
      paddingBytes: member.sizeBytes,
      mtimeMs: world.nowMs,
    })
}

const takeAnew = (member: EtcdMember): void => {
  member.inUseBytes = 20_480
  member.sizeBytes = 20_480
}

/**
 * What a running member does with its data on disk: right after its start it reads what lies there, a snapshot that was restored or
 * nothing at all; later it only writes. Files that are deleted under a member that runs stay away until it starts anew.
 */
export const keepData = (world: World, member: EtcdMember): void => {
  const running = etcdProcessOf(world, member)
  if (running === undefined) return
  const { machine, flags } = running
  // One that was added is a member like the others from its first start on.
  if (member.version === '') member.version = world.etcd.members.find(m => m.version !== '')?.version ?? ''
  const folder = flags['data-dir'] ?? member.dataDir
  const container = etcdContainerOn(machine)
  member.dataDir = container === undefined ? folder : hostFolderOf(world, container, folder)
  const text = readText(machine.files, databaseOf(member))
  const isYoung = world.nowMs - (startedMsOf(machine) ?? 0) < YOUNG_MS
  if (!isYoung && text === undefined) return
  const snapshot = isYoung ? readSnapshot(text) : undefined
  if (snapshot !== undefined) {
    restoreContent(world, snapshot)
    member.sizeBytes = Math.max(member.sizeBytes, snapshot.sizeBytes)
  } else if (isYoung && world.etcd.members.length === 1) {
    if (openDatabase(world, { text }) === 'new') takeAnew(member)
  }
  writeDatabase(world, machine, member)
}
