import { chanceOf } from '../chance.ts'
import { nodeAt, realPathOf, setNode, writeText } from '../files/file-tree.ts'
import { etcdHealthOf, etcdProcessOf, fsyncMsOf } from '../relations/etcd-health.ts'
import type { EtcdMember } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

/** Bytes that a running cluster's history grows by each second, net of what is compacted. */
const GROWTH = 12
/** An fsync that takes longer than a heartbeat may be late makes members lose their leader. */
const UNSTABLE_FSYNC_MS = 1_000
const UNSTABLE_FOR_MS = 60_000

const elect = (world: World): void => {
  const { etcd } = world
  const able = etcdHealthOf(world).members.filter(m => m.hasQuorum)
  const leader = able.find(m => m.member.id === etcd.leaderId)
  if (able.length === 0) {
    etcd.leaderId = undefined
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
  const term = Math.max(...etcd.members.map(m => m.raftTerm)) + 1
  for (const { member } of able) member.raftTerm = term
}

const writeDatabase = (world: World, member: EtcdMember): void => {
  const host = world.machines.get(member.machine)
  const files = (host?.runtime === undefined ? host?.planet : host)?.files
  const path = `${member.dataDir}/member/snap/db`
  const node = files === undefined ? undefined : nodeAt(files, path)
  if (files !== undefined && node !== undefined)
    setNode(files, realPathOf(files, path) ?? path, { ...node, paddingBytes: member.sizeBytes })
  else if (files !== undefined)
    writeText(files, path, {
      text: `etcd ${member.name}`,
      mode: 0o600,
      paddingBytes: member.sizeBytes,
      mtimeMs: world.nowMs,
    })
}

const grow = (world: World, passedMs: number): void => {
  for (const member of world.etcd.members) {
    const running = etcdProcessOf(world, member)
    if (running === undefined) continue
    member.dataDir = running.flags['data-dir'] ?? member.dataDir
    member.quotaBytes = Number(running.flags['quota-backend-bytes'] ?? 0) || member.quotaBytes
    member.inUseBytes = Math.min(member.inUseBytes + (passedMs / 1000) * GROWTH, member.quotaBytes)
    member.sizeBytes = Math.max(member.sizeBytes, Math.ceil(member.inUseBytes / 4096) * 4096)
    writeDatabase(world, member)
    const isFull = member.sizeBytes >= member.quotaBytes
    const isRaised = world.etcd.alarms.some(a => a.memberId === member.id && a.alarm === 'NOSPACE')
    if (isFull && !isRaised) world.etcd.alarms.push({ memberId: member.id, alarm: 'NOSPACE' })
  }
}

/** The members elect a leader where a majority agrees; a database that reaches its quota raises an alarm. */
export const runEtcd: Law = (world, passedMs) => {
  if (world.etcd.members.length === 0) return
  elect(world)
  grow(world, passedMs)
}
