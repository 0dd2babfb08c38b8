import { fsyncMsOf } from '../../relations/etcd-health.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Span } from '../service.ts'
import { log } from './etcd-complaints.ts'
import { drawnBy, spanAbout } from './etcd-pace.ts'
import { nowAndThen, type TimedLine } from './telling.ts'

/** From how long on an fsync makes requests take longer than etcd expects. */
const SLOW_MS = 100
/** From how long on etcd tells of an fsync by itself. */
const TOLD_SYNC_MS = 1_000
const EVERY_MS = 7_000
/** How often a leader may be late, and what its heartbeats are late by beside the fsync. */
const HEARTBEAT_MS = 100

const requests = [
  '/registry/leases/kube-system/kube-scheduler',
  '/registry/leases/kube-system/kube-controller-manager',
  '/registry/services/endpoints/kube-system/kube-scheduler',
  '/registry/health',
] as const

const heartbeatLines = (
  { etcd }: World,
  member: EtcdMember,
  { atMs, fsyncMs }: { readonly atMs: number; readonly fsyncMs: number },
): readonly string[] =>
  etcd.leaderId !== member.id || fsyncMs < 2 * HEARTBEAT_MS
    ? []
    : etcd.members
        .filter(other => other !== member)
        .map((other, place) =>
          log(
            'warn',
            atMs,
            `"caller":"etcdserver/raft.go:416","msg":"leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk","to":"${other.id}","heartbeat-interval":"${HEARTBEAT_MS}ms","expected-duration":"${2 * HEARTBEAT_MS}ms","exceeded-duration":"${spanAbout(member, { atMs, place: 7 + place }, fsyncMs - HEARTBEAT_MS)}"`,
          ),
        )

/** What a member says of a slow disk: of the fsync itself, of requests that waited for it, and as the leader of heartbeats that were late. */
export const slowLines = (world: World, member: EtcdMember, span: Span): readonly TimedLine[] => {
  const fsyncMs = fsyncMsOf(world, member)
  if (fsyncMs <= SLOW_MS) return []
  return nowAndThen(span, EVERY_MS, Number.parseInt(member.id.slice(0, 6), 16)).flatMap(atMs => {
    const syncMs = fsyncMs * 1.4
    const key = requests[Math.floor(drawnBy(member, atMs, 2) * requests.length)] ?? requests[0]
    const took = spanAbout(member, { atMs, place: 3 }, fsyncMs * 2.1)
    const request = `"prefix":"read-only range ","request":"key:\\"${key}\\" ","response":"range_response_count:1 size:${420 + Math.floor(drawnBy(member, atMs, 5) * 90)}"`
    const texts = [
      ...(syncMs < TOLD_SYNC_MS
        ? []
        : [
            log(
              'warn',
              atMs,
              `"caller":"wal/wal.go:805","msg":"slow fdatasync","took":"${spanAbout(member, { atMs, place: 4 }, syncMs * 1.1)}","expected-duration":"1s"`,
            ),
          ]),
      ...heartbeatLines(world, member, { atMs, fsyncMs }),
      log(
        'warn',
        atMs,
        `"caller":"etcdserver/util.go:170","msg":"apply request took too long","took":"${took}","expected-duration":"100ms",${request}`,
      ),
    ]
    return texts.map(text => ({ atMs, text }))
  })
}
