import { nodeAt } from '../../files/file-tree.ts'
import { isDatabase } from '../../kube/etcd-content.ts'
import { shownMs } from '../../relations/clock.ts'
import { filesystemOf, filesystemUse } from '../../relations/filesystem-use.ts'
import { pathOnMachine } from '../../relations/mounted-path.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Ailment, Running } from '../service.ts'
import { isStarting } from '../starting.ts'
import { urlsProblem } from './bind-problem.ts'
import { pairProblem, unknownEtcdFlag, unseenFile } from './control-plane-flags.ts'
import { flagsIn, log, memberOf } from './etcd-complaints.ts'
import { exits } from './telling.ts'

/** Whether a file of the log is no longer as large as etcd makes it. */
const hasCutLog = ({ files }: Machine, folder: string): boolean =>
  [...files.entries()].some(
    ([path, node]) =>
      path.startsWith(`${folder}/`) && path.endsWith('.wal') && (node.paddingBytes ?? 0) === 0,
  )

const dataProblem = (
  world: World,
  self: Running,
  flags: Readonly<Record<string, string>>,
): string | undefined => {
  const { machine } = self
  const given = flags['data-dir'] ?? '/var/lib/etcd'
  const folder = pathOnMachine(world, self.container, given) ?? given
  const filesystem = filesystemOf(machine, folder)
  if (filesystem?.isReadOnly === true || filesystem?.error !== undefined)
    return `"caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"cannot access data directory: open ${folder}/.touch: ${filesystem.error === undefined ? 'read-only file system' : 'input/output error'}"`
  const wal = nodeAt(machine.files, `${folder}/member/wal`)
  const file = nodeAt(machine.files, `${folder}/member/snap/db`)
  const db = file?.text === '' ? undefined : file
  if (wal !== undefined && db === undefined)
    return `"caller":"etcdserver/storage.go:96","msg":"failed to recover v3 backend from snapshot","error":"failed to find database snapshot file (snap: snapshot file doesn't exist)"`
  if (db !== undefined && !isDatabase(db.text))
    return `"caller":"backend/backend.go:189","msg":"failed to open database","path":"${given}/member/snap/db","error":"invalid database"`
  const member = memberOf(world, self)
  if (wal === undefined && db === undefined && world.etcd.members.length > 1) {
    const isJoining = flags['initial-cluster-state'] === 'existing'
    if (!isJoining)
      return `"caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"member ${member?.id ?? ''} has already been bootstrapped"`
    // The others count on what this one has told them that it had written.
    if (member !== undefined && member.version !== '')
      return `"caller":"raft/log.go:322","msg":"tocommit(${member.raftIndex}) is out of range [lastIndex(0)]. Was the raft log corrupted, truncated, or lost?"`
  }
  if (isStarting(world, self) && hasCutLog(machine, `${folder}/member/wal`))
    return `"caller":"etcdserver/storage.go:111","msg":"failed to read WAL, cannot be repaired","error":"unexpected EOF"`
  if (member?.isCorrupt === true)
    return `"caller":"etcdserver/server.go:537","msg":"failed to read WAL, cannot be repaired","error":"walpb: crc mismatch"`
  if (filesystem !== undefined && filesystemUse(machine, filesystem).usedBytes >= filesystem.sizeBytes)
    return `"caller":"wal/wal.go:223","msg":"failed to create a temporary WAL file","tmp-dir-path":"${folder}/member/wal.tmp","error":"write ${folder}/member/wal/0.tmp: no space left on device"`
  return undefined
}

const startProblem = (world: World, self: Running): string | undefined => {
  if (memberOf(world, self) === undefined)
    return '"caller":"etcdserver/server.go:1154","msg":"server error","error":"the member has been permanently removed from the cluster"'
  const flags = flagsIn(self)
  const { machine } = self
  const tls = pairProblem(machine, { certFile: flags['cert-file'] ?? '', keyFile: flags['key-file'] ?? '' })
  if (flags['cert-file'] !== undefined && tls !== undefined)
    return `"caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"${tls}"`
  const missing = unseenFile(world, self, [
    flags['trusted-ca-file'],
    flags['peer-cert-file'],
    flags['peer-key-file'],
    flags['peer-trusted-ca-file'],
  ])
  if (missing !== undefined)
    return `"caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"${missing}"`
  const unbound = urlsProblem(machine, [
    flags['listen-peer-urls'] ?? 'http://127.0.0.1:2380',
    flags['listen-client-urls'] ?? 'http://127.0.0.1:2379',
  ])
  if (unbound !== undefined)
    return `"caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"${unbound}"`
  return dataProblem(world, self, flags)
}

/** How long it takes to find that it cannot go on. */
const ENDS_AFTER_MS = 700

/** What Go's package for flags prints, and after it etcd of its usage. */
const flagAilment = (name: string): Ailment => ({
  exit: exits(2),
  afterMs: 20,
  lines: [
    `flag provided but not defined: -${name}`,
    'Usage:',
    '',
    '  etcd [flags]',
    '    Start an etcd server.',
    '',
    '  etcd --version',
    '    Show the version of etcd.',
    '',
    '  etcd -h | --help',
    '    Show the help information about etcd.',
  ].map(text => ({ text })),
})

/** What keeps a member of etcd from running: its flags, certificates, ports, or what lies in its folder. */
export const etcdAilment = (world: World, self: Running): Ailment | undefined => {
  const unknown = unknownEtcdFlag(self.container?.command ?? self.unit?.execStart.split(/\s+/) ?? [])
  if (unknown !== undefined) return flagAilment(unknown)
  const startedMs = self.container?.startedMs ?? self.unit?.startedMs ?? world.nowMs
  const problem = startProblem(world, self)
  const isFileProblem = problem?.includes('discovery failed') === true
  if (problem === undefined || (isFileProblem && !isStarting(world, self))) return undefined
  const atMs = shownMs(self.machine, Math.min(world.nowMs, startedMs + ENDS_AFTER_MS))
  const isPanic = /wal|WAL|backend|tocommit/.test(problem)
  return {
    exit: exits(isPanic ? 2 : 1),
    afterMs: ENDS_AFTER_MS,
    lines: [{ text: log(isPanic ? 'panic' : 'fatal', atMs, problem) }],
  }
}
