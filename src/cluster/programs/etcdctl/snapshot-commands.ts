import { makeFolder, nodeAt, writeText } from '../../files/file-tree.ts'
import { folderOf, resolvePath } from '../../files/paths.ts'
import { writeRefusal } from '../../files/write-refusal.ts'
import { readSnapshot, snapshotText } from '../../kube/etcd-content.ts'
import { hashOf } from '../../kube/pod.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { EtcdArguments } from './etcd-arguments.ts'
import { etcdSize, framedTable } from './etcd-table.ts'
import { type EtcdEndpoint, settingOf } from './reach-etcd.ts'

const snapshotAt = (call: Call, path: string) => readSnapshot(nodeAt(call.machine.files, path)?.text)

/** `etcdctl snapshot save`. */
export const saveSnapshot = (call: Call, { words }: EtcdArguments, endpoint: EtcdEndpoint): Reply => {
  const file = words[2]
  if (file === undefined) return { stderr: 'Error: snapshot save expects one argument\n', exit: 128 }
  const path = resolvePath(call.cwd, file)
  const member = endpoint.member
  if (nodeAt(call.machine.files, folderOf(path))?.kind !== 'directory')
    return {
      stderr: `Error: could not open ${file}.part (open ${file}.part: no such file or directory)\n`,
      exit: 1,
    }
  const refused = writeRefusal(call.machine, path, member?.sizeBytes ?? 0)
  if (refused !== undefined)
    return {
      stderr: `Error: could not open ${file}.part (write ${file}.part: ${refused.text.toLowerCase()})\n`,
      exit: 1,
    }
  const sizeBytes = member?.sizeBytes ?? 0
  writeText(call.machine.files, path, {
    text: snapshotText(call.world, sizeBytes),
    mode: 0o600,
    paddingBytes: sizeBytes,
    mtimeMs: call.world.nowMs,
  })
  const ts = new Date(call.world.nowMs).toISOString()
  const log = (rest: string): string => `{"level":"info","ts":"${ts}",${rest}}\n`
  return {
    stdout: `Snapshot saved at ${file}\n`,
    stderr:
      log(`"caller":"snapshot/v3_snapshot.go:65","msg":"created temporary db file","path":"${file}.part"`) +
      log(
        `"logger":"client","caller":"v3@v3.5.12/maintenance.go:212","msg":"opened snapshot stream; downloading"`,
      ) +
      log(
        `"caller":"snapshot/v3_snapshot.go:88","msg":"fetched snapshot","endpoint":"${endpoint.url}","size":"${etcdSize(sizeBytes)}","took":"now"`,
      ) +
      log(`"caller":"snapshot/v3_snapshot.go:97","msg":"saved","path":"${file}"`),
    tookMs: 1_200,
  }
}

/** `etcdctl snapshot status`. */
export const snapshotStatus = (call: Call, args: EtcdArguments): Reply => {
  const file = args.words[2] ?? ''
  const path = resolvePath(call.cwd, file)
  if (nodeAt(call.machine.files, path) === undefined)
    return { stderr: `Error: stat ${file}: no such file or directory\n`, exit: 1 }
  const snapshot = snapshotAt(call, path)
  if (snapshot === undefined) return { stderr: 'Error: invalid database\n', exit: 1 }
  const hash = hashOf(`${snapshot.revision}/${snapshot.keys}`, 8)
  const format = settingOf(call, args, 'write-out')
  if (format === 'json')
    return {
      stdout: `${JSON.stringify({ hash: Number.parseInt(hash, 16), revision: snapshot.revision, totalKey: snapshot.keys, totalSize: snapshot.sizeBytes })}\n`,
    }
  const row = [hash, String(snapshot.revision), String(snapshot.keys), etcdSize(snapshot.sizeBytes)]
  return {
    stdout:
      format === 'table'
        ? framedTable(['HASH', 'REVISION', 'TOTAL KEYS', 'TOTAL SIZE'], [row])
        : `${row.join(', ')}\n`,
  }
}

/** `etcdctl snapshot restore`, into a data directory that must be new. */
export const restoreSnapshot = (call: Call, { words, flags }: EtcdArguments): Reply => {
  const file = words[2] ?? ''
  const snapshot = snapshotAt(call, resolvePath(call.cwd, file))
  if (snapshot === undefined) return { stderr: `Error: open ${file}: no such file or directory\n`, exit: 1 }
  const folder = resolvePath(call.cwd, flags.get('data-dir') ?? `${flags.get('name') ?? 'default'}.etcd`)
  const existing = nodeAt(call.machine.files, folder)
  if (existing !== undefined && [...call.machine.files.keys()].some(path => path.startsWith(`${folder}/`)))
    return {
      stderr: `Error: data-dir "${flags.get('data-dir') ?? folder}" not empty or could not be read\n`,
      exit: 1,
    }
  makeFolder(call.machine.files, `${folder}/member/snap`, { mode: 0o700, mtimeMs: call.world.nowMs })
  writeText(call.machine.files, `${folder}/member/snap/db`, {
    text: nodeAt(call.machine.files, resolvePath(call.cwd, file))?.text ?? '',
    mode: 0o600,
    paddingBytes: snapshot.sizeBytes,
    mtimeMs: call.world.nowMs,
  })
  writeText(call.machine.files, `${folder}/member/wal/0000000000000000-0000000000000000.wal`, {
    text: 'wal',
    mode: 0o600,
    paddingBytes: 64_000_000,
    mtimeMs: call.world.nowMs,
  })
  for (const member of call.world.etcd.members)
    if (member.machine === call.machine.name) member.isCorrupt = false
  const ts = new Date(call.world.nowMs).toISOString()
  return {
    stderr: `{"level":"info","ts":"${ts}","caller":"snapshot/v3_snapshot.go:248","msg":"restoring snapshot","path":"${file}","wal-dir":"${folder}/member/wal","data-dir":"${folder}","snap-dir":"${folder}/member/snap"}\n{"level":"info","ts":"${ts}","caller":"snapshot/v3_snapshot.go:269","msg":"restored snapshot","path":"${file}","data-dir":"${folder}"}\n`,
    tookMs: 900,
  }
}
