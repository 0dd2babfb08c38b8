import { etcdProcessOf } from '../../relations/etcd-health.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** What a member that nobody changes anything in writes to its log each second. */
const SYNCS_A_SECOND = 1.9
const USUAL_SYNC_MS = 3

const FSYNC = 'etcd_disk_wal_fsync_duration_seconds'

/** The upper ends of the histogram's buckets, in seconds: 14, each twice the one before. */
const bounds = Array.from({ length: 14 }, (_, power) => 2 ** power / 1000)

/** The share of spans about a usual one that stay within a bound: none below half, all within one and a half. */
const shareWithin = (boundMs: number, usualMs: number): number =>
  Math.min(1, Math.max(0, boundMs / usualMs - 0.5))

type Syncs = { readonly usual: number; readonly slow: number; readonly slowMs: number }

const syncsOf = (world: World, { life }: EtcdMember, startedMs: number): Syncs => {
  const { slowMs = 0, slowSyncs = 0 } = life ?? {}
  const usualMs = Math.max(0, world.nowMs - startedMs - slowMs)
  return {
    usual: Math.floor((usualMs / 1000) * SYNCS_A_SECOND),
    slow: Math.floor(slowSyncs),
    slowMs: slowSyncs < 1 ? 0 : slowMs / slowSyncs,
  }
}

type Metric = { readonly name: string; readonly help: string }

const metric = ({ name, help }: Metric, type: string, lines: readonly string[]): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...lines,
]

const fsyncLines = ({ usual, slow, slowMs }: Syncs): readonly string[] => {
  const within = (boundMs: number): number =>
    Math.floor(usual * shareWithin(boundMs, USUAL_SYNC_MS)) +
    (slow === 0 ? 0 : Math.floor(slow * shareWithin(boundMs, slowMs)))
  const sum = (usual * USUAL_SYNC_MS + slow * slowMs) / 1000
  return [
    ...bounds.map(bound => `${FSYNC}_bucket{le="${bound}"} ${within(bound * 1000)}`),
    `${FSYNC}_bucket{le="+Inf"} ${usual + slow}`,
    `${FSYNC}_sum ${sum}`,
    `${FSYNC}_count ${usual + slow}`,
  ]
}

/** What a member tells Prometheus of itself; what it counts begins with its process. */
export const etcdMetrics = (world: World, member: EtcdMember, hasLeader: boolean): string => {
  const startedMs = etcdProcessOf(world, member)?.startedMs ?? world.nowMs
  const gauge = (name: string, help: string, value: number): readonly string[] =>
    metric({ name, help }, 'gauge', [`${name} ${value}`])
  const changes = 1 + member.raftTerm - (member.life?.fromTerm ?? member.raftTerm)
  const isLeader = world.etcd.leaderId === member.id && hasLeader
  return [
    ...metric(
      { name: FSYNC, help: 'The latency distributions of fsync called by WAL.' },
      'histogram',
      fsyncLines(syncsOf(world, member, startedMs)),
    ),
    ...gauge(
      'etcd_mvcc_db_total_size_in_bytes',
      'Total size of the underlying database physically allocated in bytes.',
      member.sizeBytes,
    ),
    ...gauge(
      'etcd_mvcc_db_total_size_in_use_in_bytes',
      'Total size of the underlying database logically in use in bytes.',
      Math.round(member.inUseBytes),
    ),
    ...gauge(
      'etcd_server_has_leader',
      'Whether or not a leader exists. 1 is existence, 0 is not.',
      hasLeader ? 1 : 0,
    ),
    ...gauge(
      'etcd_server_is_leader',
      'Whether or not this member is a leader. 1 if is, 0 otherwise.',
      isLeader ? 1 : 0,
    ),
    ...metric(
      { name: 'etcd_server_leader_changes_seen_total', help: 'The number of leader changes seen.' },
      'counter',
      [`etcd_server_leader_changes_seen_total ${changes}`],
    ),
    ...gauge(
      'etcd_server_quota_backend_bytes',
      'Current backend storage quota size in bytes.',
      member.quotaBytes,
    ),
    '',
  ].join('\n')
}
