import { readText } from '../../files/file-tree.ts'
import { decodeCertificates } from '../../relations/certificate.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { etcdProcessOf, reachesPeer } from '../../relations/etcd-health.ts'
import { flagsOf } from '../../relations/flags.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Running, Span } from '../service.ts'
import { repeating, type TimedLine } from './telling.ts'

/** The flags of an etcd process. */
export const flagsIn = ({ container, unit }: Running): Readonly<Record<string, string>> =>
  flagsOf(container?.command ?? unit?.execStart.split(/\s+/) ?? [])

/** The member that an etcd process is. */
export const memberOf = (world: World, self: Running): EtcdMember | undefined =>
  world.etcd.members.find(m => m.name === (flagsIn(self).name ?? self.machine.name)) ??
  world.etcd.members.find(m => m.machine === self.machine.name)

/** A line of an etcd log. */
export const log = (level: string, atMs: number, rest: string): string =>
  `{"level":"${level}","ts":"${new Date(atMs).toISOString().slice(0, -1)}Z",${rest}}`

/** What a member says of peers that it cannot reach. */
export const peerLines = (world: World, member: EtcdMember, span: Span): readonly TimedLine[] =>
  world.etcd.members
    .filter(other => other !== member && !reachesPeer(world, member, other))
    .flatMap(other =>
      repeating(span, 5_000, atMs =>
        log(
          'warn',
          atMs,
          `"caller":"rafthttp/probing_status.go:68","msg":"prober detected unhealthy status","round-tripper-name":"ROUND_TRIPPER_RAFT_MESSAGE","remote-peer-id":"${other.id}","rtt":"0s","error":"dial tcp ${other.peerUrl.replace(/^\w+:\/\//, '')}: connect: connection refused"`,
        ),
      ),
    )

/** The handshakes that a server refuses because of its clients' or its own certificates. */
export const rejectedLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const own = decodeCertificates(readText(self.machine.files, flagsIn(self)['cert-file'] ?? ''))[0]
  const atMs = machineNowMs(world, self.machine)
  if (own === undefined || (atMs <= own.notAfterMs && atMs >= own.notBeforeMs)) return []
  return repeating(span, 4_000, at =>
    log(
      'warn',
      at,
      `"caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"127.0.0.1:${40_000 + (at % 9973)}","server-name":"","error":"remote error: tls: bad certificate"`,
    ),
  )
}

/** What a member says of a slow disk. */
export const slowLines = (fsyncMs: number, span: Span): readonly TimedLine[] =>
  fsyncMs <= 100
    ? []
    : [
        ...repeating(span, 7_000, atMs => [
          log(
            'warn',
            atMs,
            `"caller":"wal/wal.go:805","msg":"slow fdatasync","took":"${((fsyncMs / 1000) * 1.4).toFixed(6)}s","expected-duration":"1s"`,
          ),
          log(
            'warn',
            atMs,
            `"caller":"etcdserver/util.go:170","msg":"apply request took too long","took":"${(fsyncMs * 2.1).toFixed(6)}ms","expected-duration":"100ms","prefix":"","request":"header:<ID:${(atMs % 100000) + 1_000_000} > txn:<compare:<target:MOD key:\\"/registry/leases/kube-system/kube-scheduler\\">>","response":"size:18"`,
          ),
        ]),
      ]

/** What a member says when a leader was elected or lost, and when a peer that began anew is there; each a step after it came about. */
export const raftLines = (world: World, member: EtcdMember, span: Span): readonly TimedLine[] => {
  const { leaderId, lostLeaderId, leaderSinceMs, members } = world.etcd
  const isNew = (atMs: number): boolean => atMs >= span.fromMs && atMs < span.toMs
  const say = (atMs: number, rest: string): TimedLine => ({ atMs, text: log('info', atMs, rest) })
  const raft = (text: string): TimedLine =>
    say(leaderSinceMs, `"logger":"raft","caller":"etcdserver/zap_raft.go:77","msg":"${text}"`)
  const node = `raft.node: ${member.id}`
  const begunMs = etcdProcessOf(world, member)?.startedMs ?? 0
  const turns =
    leaderId === undefined
      ? begunMs >= leaderSinceMs
        ? []
        : [raft(`${node} lost leader ${lostLeaderId ?? member.id} at term ${member.raftTerm}`)]
      : [
          ...(leaderId === member.id ? [raft(`${member.id} became leader at term ${member.raftTerm}`)] : []),
          raft(`${node} elected leader ${leaderId} at term ${member.raftTerm}`),
        ]
  const peers = members.flatMap(other => {
    const startedMs = etcdProcessOf(world, other)?.startedMs ?? 0
    return other === member || !isNew(startedMs) || !reachesPeer(world, member, other)
      ? []
      : [
          say(
            startedMs,
            `"caller":"rafthttp/peer_status.go:53","msg":"peer became active","peer-id":"${other.id}"`,
          ),
        ]
  })
  return [...peers, ...(isNew(leaderSinceMs) ? turns : [])]
}
