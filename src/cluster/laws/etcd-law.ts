import { chanceOf } from '../chance.ts'
import { isWritable } from '../relations/api-server.ts'
import { etcdHealthOf, etcdProcessOf, fsyncMsOf, USUAL_QUOTA_BYTES } from '../relations/etcd-health.ts'
import type { World } from '../world/world.ts'
import { keepData } from './etcd-data.ts'
import type { Law } from './law.ts'

/** Bytes that a running cluster's history grows by each second, net of what is compacted. */
const GROWTH = 12
/** An fsync that takes longer than a heartbeat may be late makes members lose their leader. */
const UNSTABLE_FSYNC_MS = 1_000
const UNSTABLE_FOR_MS = 60_000

const lose = ({ etcd, nowMs }: World): void => {
  if (etcd.leaderId === undefined) return
  etcd.lostLeaderId = etcd.leaderId
  etcd.leaderId = undefined
  etcd.leaderSinceMs = nowMs
}

const elect = (world: World): void => {
  const { etcd } = world
  const able = etcdHealthOf(world).members.filter(m => m.hasQuorum)
  const leader = able.find(m => m.member.id === etcd.leaderId)
  if (able.length === 0) {
    lose(world)
    return
  }
  const isShaky = leader !== undefined && fsyncMsOf(world, leader.member) >= UNSTABLE_FSYNC_MS
  const mayMove = able.length > 1 && isShaky && world.nowMs - etcd.leaderSinceMs > UNSTABLE_FOR_MS
  if (leader !== undefined && !mayMove) return
  const next = chanceOf(
    world,
    able.filter(m => m !== leader).length > 0 ? able.filter(m => m !== leader) : able,
  )
  etcd.leaderId = next.member.id
  etcd.leaderSinceMs = world.nowMs
  delete etcd.lostLeaderId
  const term = Math.max(...etcd.members.map(m => m.raftTerm)) + 1
  for (const { member } of able) member.raftTerm = term
}

const grow = (world: World, passedMs: number): void => {
  for (const member of world.etcd.members) {
    const running = etcdProcessOf(world, member)
    if (running === undefined) continue
    member.quotaBytes = Number(running.flags['quota-backend-bytes'] ?? 0) || USUAL_QUOTA_BYTES
    member.inUseBytes = Math.min(member.inUseBytes + (passedMs / 1000) * GROWTH, member.quotaBytes)
    member.sizeBytes = Math.max(member.sizeBytes, Math.ceil(member.inUseBytes / 4096) * 4096)
    keepData(world, member)
    const isFull = member.sizeBytes >= member.quotaBytes
    const isRaised = world.etcd.alarms.some(a => a.memberId === member.id && a.alarm === 'NOSPACE')
    if (isFull && !isRaised) world.etcd.alarms.push({ memberId: member.id, alarm: 'NOSPACE' })
  }
}

/** How often an API server has the history compacted: to where it stood the time before. */
const COMPACT_MS = 300_000

const compact = (world: World): void => {
  const { etcd } = world
  const turn = Math.floor(world.nowMs / COMPACT_MS)
  const seen = etcd.nextCompaction
  if (seen !== undefined && (seen.turn >= turn || !isWritable(world))) return
  if (seen !== undefined) etcd.compactedRevision = Math.max(etcd.compactedRevision, seen.revision)
  etcd.nextCompaction = { turn, revision: etcd.revision }
}

/** The members elect a leader where a majority agrees; a database that reaches its quota raises an alarm; history is compacted. */
export const runEtcd: Law = (world, passedMs) => {
  if (world.etcd.members.length === 0) return
  elect(world)
  grow(world, passedMs)
  compact(world)
}
