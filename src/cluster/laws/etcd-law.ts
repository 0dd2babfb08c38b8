import { chanceOf } from '../chance.ts'
import { isWritable } from '../relations/api-server.ts'
import { etcdHealthOf, etcdProcessOf, fsyncMsOf, USUAL_QUOTA_BYTES } from '../relations/etcd-health.ts'
import { compactHistory, isCompactionDue } from '../relations/etcd-history.ts'
import type { EtcdMember } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { keepData } from './etcd-data.ts'
import type { Law } from './law.ts'

/** Bytes that a running cluster's history grows by each second, net of what is compacted. */
const GROWTH = 12
/** A leader that waits longer for its disk, now and then, than the others wait for its heartbeat loses them after a while. */
const UNSTABLE_FSYNC_MS = 700
const UNSTABLE_FOR_MS = 300_000
/** From how long on an fsync counts as slow. */
const SLOW_FSYNC_MS = 100

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
  const isShaky =
    leader !== undefined &&
    fsyncMsOf(world, leader.member) >= UNSTABLE_FSYNC_MS &&
    (leader.member.life?.slowMs ?? 0) > UNSTABLE_FOR_MS
  const mayMove = able.length > 1 && isShaky && world.nowMs - etcd.leaderSinceMs > UNSTABLE_FOR_MS
  if (leader !== undefined && !mayMove) {
    for (const { member } of able) member.raftTerm = leader.member.raftTerm
    return
  }
  // Who lost a leader and had none for a while has told so.
  if (etcd.leaderId === undefined) delete etcd.lostLeaderId
  else etcd.lostLeaderId = etcd.leaderId
  const next = chanceOf(
    world,
    able.filter(m => m !== leader).length > 0 ? able.filter(m => m !== leader) : able,
  )
  etcd.leaderId = next.member.id
  etcd.leaderSinceMs = world.nowMs
  const term = Math.max(...etcd.members.map(m => m.raftTerm)) + 1
  for (const { member } of able) member.raftTerm = term
}

/** Counts what the process of a member lives through. */
const live = (world: World, member: EtcdMember, passedMs: number): void => {
  const startedMs = etcdProcessOf(world, member)?.startedMs
  if (member.life === undefined || member.life.startedMs !== startedMs)
    member.life = { startedMs, fromTerm: member.raftTerm, slowMs: 0, slowSyncs: 0 }
  const fsyncMs = fsyncMsOf(world, member)
  if (fsyncMs <= SLOW_FSYNC_MS) return
  const { slowMs, slowSyncs, ...life } = member.life
  member.life = { ...life, slowMs: slowMs + passedMs, slowSyncs: slowSyncs + passedMs / fsyncMs }
}

const grow = (world: World, passedMs: number): void => {
  for (const member of world.etcd.members) {
    const running = etcdProcessOf(world, member)
    if (running === undefined) continue
    member.quotaBytes = Number(running.flags['quota-backend-bytes'] ?? 0) || USUAL_QUOTA_BYTES
    member.inUseBytes = Math.min(member.inUseBytes + (passedMs / 1000) * GROWTH, member.quotaBytes)
    member.sizeBytes = Math.max(member.sizeBytes, Math.ceil(member.inUseBytes / 4096) * 4096)
    keepData(world, member)
    live(world, member, passedMs)
    const isFull = member.sizeBytes >= member.quotaBytes
    const isRaised = world.etcd.alarms.some(a => a.memberId === member.id && a.alarm === 'NOSPACE')
    if (isFull && !isRaised) world.etcd.alarms.push({ memberId: member.id, alarm: 'NOSPACE' })
  }
}

/** The members elect a leader where a majority agrees; a database that reaches its quota raises an alarm; history is compacted. */
export const runEtcd: Law = (world, passedMs) => {
  if (world.etcd.members.length === 0) return
  elect(world)
  grow(world, passedMs)
  if (isCompactionDue(world) && (world.etcd.nextCompaction === undefined || isWritable(world)))
    compactHistory(world)
}
