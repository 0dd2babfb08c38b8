import { minorOf } from '../../kube/minor-version.ts'
import { isWritable } from '../../relations/api-server.ts'
import { shownMs } from '../../relations/clock.ts'
import { etcdHealthOf } from '../../relations/etcd-health.ts'
import { compactedAt } from '../../relations/etcd-history.ts'
import type { EtcdMember } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Running, Service, Span } from '../service.ts'
import { flagsIn, log, memberOf, peerLines, rejectedLines } from './etcd-complaints.ts'
import { etcdMetrics } from './etcd-metrics.ts'
import { drawnBy, spanAbout } from './etcd-pace.ts'
import { dialPeers } from './etcd-peers.ts'
import { raftLines } from './etcd-raft.ts'
import { slowLines } from './etcd-slowness.ts'
import { etcdAilment } from './etcd-start.ts'
import { repeating, type TimedLine, tcp, ticksIn } from './telling.ts'

const greeting = (world: World, self: Running) => {
  const flags = flagsIn(self)
  const member = memberOf(world, self)
  const others = world.etcd.members.length - 1
  const atMs = shownMs(self.machine, self.container?.startedMs ?? self.unit?.startedMs ?? world.nowMs)
  const info = (rest: string) => ({ text: log('info', atMs, rest) })
  const urls = (flag: string): string => JSON.stringify((flags[flag] ?? '').split(','))
  return [
    info(
      `"caller":"etcdmain/etcd.go:73","msg":"Running: ","args":["etcd","--data-dir=${flags['data-dir'] ?? ''}"]`,
    ),
    info(
      `"caller":"embed/etcd.go:127","msg":"configuring peer listeners","listen-peer-urls":${urls('listen-peer-urls')}`,
    ),
    info(
      `"caller":"embed/etcd.go:135","msg":"configuring client listeners","listen-client-urls":${urls('listen-client-urls')}`,
    ),
    info(
      others === 0
        ? `"caller":"etcdserver/server.go:738","msg":"started as single-node; fast-forwarding election ticks","local-member-id":"${member?.id ?? ''}","forward-ticks":9`
        : `"caller":"etcdserver/server.go:760","msg":"initialized peer connections; fast-forwarding election ticks","local-member-id":"${member?.id ?? ''}","forward-ticks":8,"active-remote-members":${others}`,
    ),
    info(
      `"caller":"embed/serve.go:250","msg":"serving client traffic securely","traffic":"grpc+http","address":"127.0.0.1:2379"`,
    ),
    info('"caller":"embed/serve.go:103","msg":"ready to serve client requests"'),
  ]
}

const COMPACTION_MS = 300_000

const compactionLines = (world: World, member: EtcdMember, span: Span): readonly TimedLine[] => {
  if (!isWritable(world)) return []
  // Each member compacts when the request reaches it.
  const lateMs = Math.floor(drawnBy(member, 0, 0) * 900)
  return ticksIn(span, COMPACTION_MS, lateMs).flatMap(atMs => {
    const revision = compactedAt(world, atMs)
    const took = spanAbout(member, { atMs, place: 1 }, 14)
    return [
      {
        atMs,
        text: log(
          'info',
          atMs,
          `"caller":"mvcc/index.go:214","msg":"compact tree index","revision":${revision}`,
        ),
      },
      {
        atMs,
        text: log(
          'info',
          atMs,
          `"caller":"mvcc/kvstore_compaction.go:66","msg":"finished scheduled compaction","compact-revision":${revision},"took":"${took}","hash":${(atMs % 4_000_000_000) + 1}`,
        ),
      },
    ]
  })
}

const chatter: Service['chatter'] = (world, self, span) => {
  const member = memberOf(world, self)
  if (member === undefined) return []
  const health = etcdHealthOf(world)
  const lines: TimedLine[] = [
    ...raftLines(world, member, span),
    ...peerLines(world, member, span),
    ...rejectedLines(world, self, span),
    ...slowLines(world, member, span),
  ]
  if (!(health.members.find(m => m.member === member)?.hasQuorum ?? true))
    lines.push(
      ...repeating(span, 3_000, atMs =>
        log(
          'info',
          atMs,
          `"logger":"raft","caller":"etcdserver/zap_raft.go:77","msg":"${member.id} is starting a new election at term ${member.raftTerm}"`,
        ),
      ),
      ...repeating(span, 7_000, atMs =>
        log(
          'warn',
          atMs,
          '"caller":"etcdserver/server.go:2085","msg":"failed to publish local member to cluster through raft","request-path":"/0/members/attributes","publish-timeout":"7s","error":"etcdserver: request timed out"',
        ),
      ),
    )
  if (health.hasNoSpace && member.sizeBytes >= member.quotaBytes)
    lines.push(
      ...repeating(span, 30_000, atMs =>
        log(
          'warn',
          atMs,
          `"caller":"etcdserver/server.go:2131","msg":"alarm raised","alarm":"NOSPACE","from":"${member.id}"`,
        ),
      ),
    )
  lines.push(...compactionLines(world, member, span))
  return lines.sort((a, b) => a.atMs - b.atMs)
}

/** The first minor release whose etcd gives its reason. */
const HAS_REASON = 22

const healthText = (world: World, isWell: boolean, reason: string): string =>
  `{"health":"${isWell}"${minorOf(world) >= HAS_REASON ? `,"reason":"${reason}"` : ''}}`

const answers: Service['answers'] = (world, self, { path }) => {
  const member = memberOf(world, self)
  const health = etcdHealthOf(world)
  const isAgreed = health.members.find(m => m.member === member)?.hasQuorum ?? false
  const [route = '', query = ''] = path.split('?')
  const noSpace = health.hasNoSpace && !query.includes('exclude=NOSPACE')
  if (route === '/health') {
    if (noSpace) return { status: 503, body: healthText(world, false, 'ALARM NOSPACE') }
    const isWell = isAgreed || query.includes('serializable=true')
    return isWell
      ? { status: 200, body: healthText(world, true, '') }
      : { status: 503, body: healthText(world, false, 'RAFT NO LEADER') }
  }
  if (route !== '/metrics' || member === undefined) return { status: 404, body: '404 page not found\n' }
  return { status: 200, body: etcdMetrics(world, member, isAgreed) }
}

/** etcd: needs its certificates and its data; a damaged or full disk ends it. Its log is that of release 3.5. */
export const currentEtcd: Service = {
  listens: (_world, self) => {
    const flags = flagsIn(self)
    return ['listen-client-urls', 'listen-peer-urls', 'listen-metrics-urls'].flatMap(flag =>
      (flags[flag] ?? '').split(',').flatMap(url => {
        const read = /\/\/([^:/]+):(\d+)/.exec(url)
        return read === null ? [] : [tcp(Number(read[2]), read[1] ?? '*')]
      }),
    )
  },
  ailment: etcdAilment,
  greeting,
  chatter,
  answers,
  dials: dialPeers,
  farewell: world => [
    {
      text: log(
        'info',
        world.nowMs,
        '"caller":"osutil/interrupt_unix.go:64","msg":"received signal; shutting down","signal":"terminated"',
      ),
    },
    {
      text: log(
        'info',
        world.nowMs,
        '"caller":"embed/etcd.go:375","msg":"closing etcd server","name":"default","data-dir":"/var/lib/etcd"',
      ),
    },
  ],
}
