import { etcdProcessOf, reachesPeer } from '../../relations/etcd-health.ts'
import type { EtcdCluster, EtcdMember } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Span } from '../service.ts'
import { log } from './etcd-complaints.ts'
import type { TimedLine } from './telling.ts'

const raftLine = (atMs: number, text: string): TimedLine => ({
  atMs,
  text: log('info', atMs, `"logger":"raft","caller":"etcdserver/zap_raft.go:77","msg":"${text}"`),
})

/** The term that those are in who agree. */
const termOf = ({ members }: EtcdCluster): number => Math.max(...members.map(({ raftTerm }) => raftTerm))

/** What a member says of the election that brought the present leader about: one that was there lost the one before. */
const turnLines = ({ etcd }: World, member: EtcdMember, wasThere: boolean): readonly TimedLine[] => {
  const { leaderId, lostLeaderId, leaderSinceMs } = etcd
  const node = `raft.node: ${member.id}`
  const term = termOf(etcd)
  const lost = `${node} lost leader ${lostLeaderId ?? member.id} at term ${term}`
  const texts =
    leaderId === undefined
      ? [lost]
      : [
          ...(leaderId === member.id
            ? [
                `${member.id} is starting a new election at term ${term - 1}`,
                `${member.id} became candidate at term ${term}`,
              ]
            : []),
          ...(wasThere && lostLeaderId !== undefined ? [lost] : []),
          ...(leaderId === member.id ? [`${member.id} became leader at term ${term}`] : []),
          `${node} elected leader ${leaderId} at term ${term}`,
        ]
  return texts.map(text => raftLine(leaderSinceMs, text))
}

/** What a member says when a leader was elected or lost, when it finds one at its start, and when a peer that began anew is there; each a step after it came about. */
export const raftLines = (world: World, member: EtcdMember, span: Span): readonly TimedLine[] => {
  const { leaderId, leaderSinceMs, members } = world.etcd
  const isNew = (atMs: number): boolean => atMs >= span.fromMs && atMs < span.toMs
  const begunMs = etcdProcessOf(world, member)?.startedMs ?? 0
  const wasThere = begunMs < leaderSinceMs
  const peers = members.flatMap(other => {
    const startedMs = etcdProcessOf(world, other)?.startedMs ?? 0
    return other === member || !isNew(startedMs) || !reachesPeer(world, member, other)
      ? []
      : [
          {
            atMs: startedMs,
            text: log(
              'info',
              startedMs,
              `"caller":"rafthttp/peer_status.go:53","msg":"peer became active","peer-id":"${other.id}"`,
            ),
          },
        ]
  })
  const found =
    leaderId !== undefined && !wasThere && leaderId !== member.id && isNew(begunMs)
      ? [
          raftLine(
            begunMs,
            `raft.node: ${member.id} elected leader ${leaderId} at term ${termOf(world.etcd)}`,
          ),
        ]
      : []
  const turns =
    isNew(leaderSinceMs) && (wasThere || leaderId === member.id) ? turnLines(world, member, wasThere) : []
  return [...peers, ...turns, ...found]
}
