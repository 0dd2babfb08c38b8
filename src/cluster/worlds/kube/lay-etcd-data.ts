import { makeFolder, nodeAt, writeText } from '../../files/file-tree.ts'
import { folderOf } from '../../files/paths.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'

const WAL_BYTES = 64_000_000
/** How many entries of the log stand in its present file, and how many such files there were. */
const ENTRIES = 8_992
const ENTRIES_A_FILE = 102_400
/** How long ago the present file was begun. */
const BEGUN_MS = 5 * 3_600_000

const hex = (value: number): string => value.toString(16).padStart(16, '0')

/** Lays a member's database and its log, which it has kept since a time, on its machine's disk; both were written a moment ago. */
export const layEtcdData = (
  machine: Machine,
  member: EtcdMember,
  { createdMs, nowMs }: { readonly createdMs: number; readonly nowMs: number },
): void => {
  const { files } = machine
  const first = Math.max(0, member.raftIndex - ENTRIES)
  const wal = `${hex(Math.floor(first / ENTRIES_A_FILE))}-${hex(first)}.wal`
  const begunMs = Math.max(createdMs, nowMs - BEGUN_MS)
  makeFolder(files, member.dataDir, { mode: 0o700 })
  for (const name of ['member', 'member/snap', 'member/wal'])
    makeFolder(files, `${member.dataDir}/${name}`, { mode: 0o700 })
  const write = (name: string, bytes: number, text = 'wal'): void =>
    writeText(files, `${member.dataDir}/member/${name}`, {
      text,
      mode: 0o600,
      paddingBytes: bytes - text.length,
      mtimeMs: nowMs,
    })
  write('snap/db', member.sizeBytes, `etcd ${machine.name}`)
  write(`wal/${wal}`, WAL_BYTES)
  write('wal/0.tmp', WAL_BYTES)
  for (const [path, mtimeMs] of [
    [folderOf(member.dataDir), createdMs],
    [member.dataDir, createdMs],
    [`${member.dataDir}/member`, createdMs],
    [`${member.dataDir}/member/snap`, begunMs],
    [`${member.dataDir}/member/wal`, begunMs],
    [`${member.dataDir}/member/wal/0.tmp`, begunMs],
  ] as const) {
    const node = nodeAt(files, path)
    if (node !== undefined) node.mtimeMs = mtimeMs
  }
}
