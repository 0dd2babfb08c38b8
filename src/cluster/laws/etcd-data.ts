import { namesIn, nodeAt, readText, realPathOf, setNode, writeText } from '../files/file-tree.ts'
import { databaseText, isDatabase, openDatabase, openSnapshot, readSnapshot } from '../kube/etcd-content.ts'
import { etcdProcessOf } from '../relations/etcd-health.ts'
import { pathOnMachine } from '../relations/mounted-path.ts'
import type { Container } from '../world/container.ts'
import type { EtcdMember } from '../world/kube-object.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/** How long after its start a member is still reading what it found. */
const YOUNG_MS = 30_000

const etcdContainerOn = ({ runtime }: Machine): Container | undefined =>
  runtime?.containers.find(c => c.service === 'etcd' && c.state === 'running')

const startedMsOf = (machine: Machine): number | undefined =>
  etcdContainerOn(machine)?.startedMs ??
  [...machine.units.values()].find(unit => unit.service === 'etcd')?.startedMs

const databaseOf = (member: EtcdMember): string => `${member.dataDir}/member/snap/db`

const writeDatabase = (world: World, machine: Machine, member: EtcdMember): void => {
  const path = databaseOf(member)
  const node = nodeAt(machine.files, path)
  const text = databaseText(world, `etcd ${member.name}`)
  const paddingBytes = Math.max(0, member.sizeBytes - text.length)
  if (node !== undefined)
    setNode(machine.files, realPathOf(machine.files, path) ?? path, {
      ...node,
      text,
      paddingBytes,
      mtimeMs: world.nowMs,
    })
  else
    writeText(machine.files, path, {
      text,
      mode: 0o600,
      paddingBytes,
      mtimeMs: world.nowMs,
    })
}

/** The file of the log that a member is writing: the one with the highest number. */
const writeLog = ({ nowMs }: World, { files }: Machine, { dataDir }: EtcdMember): void => {
  const folder = `${dataDir}/member/wal`
  const name = namesIn(files, folder)
    .filter(found => found.endsWith('.wal'))
    .sort()
    .at(-1)
  const path = `${folder}/${name}`
  const node = nodeAt(files, path)
  if (node !== undefined) setNode(files, realPathOf(files, path) ?? path, { ...node, mtimeMs: nowMs })
}

const takeAnew = (member: EtcdMember): void => {
  member.inUseBytes = 20_480
  member.sizeBytes = 20_480
}

const takeBack = (member: EtcdMember, sizeBytes: number): void => {
  member.inUseBytes = Math.min(sizeBytes, Math.max(member.inUseBytes, Math.round(sizeBytes / 2)))
  member.sizeBytes = sizeBytes
}

/** How far the log of a member has come right after it began with a snapshot. */
const RESTORED_INDEX = 8

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
  member.dataDir = pathOnMachine(world, container, folder) ?? folder
  const text = readText(machine.files, databaseOf(member))
  if ('force-new-cluster' in flags && flags['force-new-cluster'] !== 'false') world.etcd.members = [member]
  const isYoung = world.nowMs - (startedMsOf(machine) ?? 0) < YOUNG_MS
  if (!isYoung && text === undefined) return
  if (isYoung && text !== undefined && text !== '' && !isDatabase(text)) return
  const snapshot = isYoung ? readSnapshot(text) : undefined
  if (snapshot !== undefined) {
    openSnapshot(world, snapshot)
    if (world.etcd.members.length === 1) Object.assign(member, { raftTerm: 2, raftIndex: RESTORED_INDEX })
    member.sizeBytes = Math.max(member.sizeBytes, snapshot.sizeBytes)
  } else if (isYoung && world.etcd.members.length === 1) {
    const opened = openDatabase(world, { text })
    if (opened === 'new') takeAnew(member)
    if (opened === 'other') takeBack(member, nodeAt(machine.files, databaseOf(member))?.paddingBytes ?? 0)
  }
  writeDatabase(world, machine, member)
  writeLog(world, machine, member)
}
