import { nodeAt, writeText } from '../../files/file-tree.ts'
import { type JournalWriting, writeJournal } from '../../journal/write-journal.ts'
import { DATABASE, datastoreProblem } from '../../relations/k3s/datastore.ts'
import { k3sUnitOf } from '../../relations/k3s/k3s-units.ts'
import { logfmt } from '../../services/k3s/start-lines.ts'
import type { Machine } from '../../world/machine.ts'
import type { Unit } from '../../world/unit.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'

/** How often kine looks what it can drop, when it first does after a start, and how many revisions it always keeps. */
const COMPACT_MS = 300_000
const FIRST_MS = 371_000
const KEPT = 1_000

/** How much the database grows from one time to the next. */
const GROWTH_BYTES = 8_192

const LOG_BYTES = 4_124_152
const INDEX_BYTES = 32_768

type Server = { readonly machine: Machine; readonly unit: Unit }

/** The last time, up to an instant, at which kine has looked; `undefined` before the first. */
const lookedMs = ({ startedMs = 0 }: Unit, atMs: number): number | undefined => {
  const rounds = Math.floor((atMs - startedMs - FIRST_MS) / COMPACT_MS)
  return rounds < 0 ? undefined : startedMs + FIRST_MS + rounds * COMPACT_MS
}

type Compaction = { readonly atMs: number; readonly from: number; readonly current: number }

const linesOf = (
  { machine, unit }: Server,
  { atMs, from, current }: Compaction,
): readonly JournalWriting[] => {
  const target = current - KEPT
  const count = target - from
  const texts = [
    `COMPACT compactRev=${from} targetCompactRev=${target} currentRev=${current}`,
    `COMPACT deleted ${count - (current % 11)} rows from ${count} revisions in ${4 + (current % 7)}.${100 + (current % 900)}ms - compacted to ${target}/${current}`,
  ]
  return texts.map(text => ({
    atMs,
    unit: unit.name,
    identifier: 'k3s',
    pid: unit.mainPid,
    priority: 6,
    message: logfmt({ machine, unit, container: undefined }, 'info', { atMs, text }),
  }))
}

/** What kine has told in the past, when so much was written from one time to the next; leaves the world as it is after the last. */
export const pastCompactions = (
  world: World,
  server: Server,
  { sinceMs, perRound }: { readonly sinceMs: number; readonly perRound: number },
): readonly JournalWriting[] => {
  const lastMs = lookedMs(server.unit, world.nowMs)
  if (lastMs === undefined) return []
  const revisionAt = (atMs: number): number =>
    Math.floor(world.kube.revision - (perRound * (world.nowMs - atMs)) / COMPACT_MS)
  world.etcd.compactedRevision = revisionAt(lastMs) - KEPT
  const writings: JournalWriting[] = []
  for (
    let atMs = lastMs;
    atMs > sinceMs && atMs >= (server.unit.startedMs ?? 0) + FIRST_MS;
    atMs -= COMPACT_MS
  )
    writings.unshift(
      ...linesOf(server, { atMs, from: revisionAt(atMs - COMPACT_MS) - KEPT, current: revisionAt(atMs) }),
    )
  return writings
}

const compact = (world: World, server: Server): void => {
  const { machine, unit } = server
  const timers = machine.runtime?.timers ?? {}
  const atMs = lookedMs(unit, world.nowMs)
  const knownMs = timers.compacted ?? world.nowMs
  timers.compacted = atMs ?? 0
  if (atMs === undefined || atMs <= knownMs) return
  const { revision: current } = world.kube
  const from = world.etcd.compactedRevision
  if (current - KEPT <= from) return
  for (const writing of linesOf(server, { atMs, from, current })) writeJournal(machine, writing)
  world.etcd.compactedRevision = current - KEPT
  const file = nodeAt(machine.files, DATABASE)
  if (file?.kind === 'file') {
    file.paddingBytes = (file.paddingBytes ?? 0) + GROWTH_BYTES
    file.mtimeMs = atMs
  }
}

/** What is written goes to the log beside the database first. */
const touchLog = ({ files }: Machine, nowMs: number): void => {
  if (!files.has(DATABASE)) return
  for (const [ending, bytes] of [
    ['-shm', INDEX_BYTES],
    ['-wal', LOG_BYTES],
  ] as const) {
    const file = files.get(`${DATABASE}${ending}`)
    if (file === undefined)
      writeText(files, `${DATABASE}${ending}`, { text: '', paddingBytes: bytes, mtimeMs: nowMs })
    else file.mtimeMs = nowMs
  }
}

/** kine keeps the database beside a k3s server small, and says so every five minutes; its files are written all the time. */
export const compactDatabase: Law = world => {
  for (const machine of world.machines.values()) {
    const unit = k3sUnitOf(machine)
    if (unit?.service !== 'k3s' || unit.active !== 'active' || !machine.isPowered) continue
    if (datastoreProblem(machine) !== undefined) continue
    compact(world, { machine, unit })
    touchLog(machine, world.nowMs)
  }
}
