import { chanceHex } from '../../chance.ts'
import { etcdProcessOf } from '../../relations/etcd-health.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { decimalId } from './endpoint-commands.ts'
import type { EtcdArguments } from './etcd-arguments.ts'
import { framedTable } from './etcd-table.ts'
import { isOldEtcd } from './old-etcd.ts'
import { type EtcdEndpoint, settingOf } from './reach-etcd.ts'

/** A command of etcdctl that needs an endpoint. */
export type Command = (call: Call, args: EtcdArguments, endpoint: EtcdEndpoint) => Reply

/** `etcdctl member list`. */
export const memberList: Command = (call, args) => {
  const { members } = call.world.etcd
  const rows = members.map(m => [
    m.id,
    etcdProcessOf(call.world, m) === undefined && m.version === '' ? 'unstarted' : 'started',
    m.name,
    m.peerUrl,
    m.clientUrl,
    ...(isOldEtcd(call.world) ? [] : ['false']),
  ])
  const heads = ['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER']
  const format = settingOf(call, args, 'write-out')
  if (format === 'table') return { stdout: framedTable(heads.slice(0, rows[0]?.length), rows) }
  if (format === 'json')
    return {
      stdout: `${JSON.stringify({ header: { raft_term: members[0]?.raftTerm }, members: members.map(m => ({ ID: Number(decimalId(m.id)), name: m.name, peerURLs: [m.peerUrl], clientURLs: [m.clientUrl] })) })}\n`,
    }
  return { stdout: rows.map(row => `${row.join(', ')}\n`).join('') }
}

const refused = (code: string, text: string): Reply => ({
  stderr: `{"level":"warn","msg":"retrying of unary invoker failed","error":"rpc error: code = ${code} desc = ${text}"}\nError: ${text}\n`,
  exit: 1,
})

const badId = (word: string | undefined): Reply =>
  word === undefined
    ? { stderr: 'Error: member ID is not provided\n', exit: 128 }
    : {
        stderr: `Error: bad member ID arg (strconv.ParseUint: parsing "${word}": invalid syntax), expecting ID in Hex\n`,
        exit: 128,
      }

/** `etcdctl member update`. */
export const memberUpdate: Command = (call, { words, flags }) => {
  const member = call.world.etcd.members.find(m => m.id === words[2])
  const peerUrl = flags.get('peer-urls')
  if (!/^[0-9a-f]{1,16}$/i.test(words[2] ?? '')) return badId(words[2])
  if (peerUrl === undefined) return { stderr: 'Error: member peer urls not provided\n', exit: 128 }
  if (member === undefined) return refused('NotFound', 'etcdserver: member not found')
  member.peerUrl = peerUrl
  return { stdout: `Member ${member.id} updated in cluster cdf818194e3a8c32\n` }
}

/** `etcdctl move-leader`: the leader gives its place to another member, which only it can be asked for. */
export const moveLeader: Command = (call, { words: [, word] }, { member: asked }) => {
  const { etcd } = call.world
  const target = etcd.members.find(({ id }) => id === word)
  if (word === undefined || target === undefined)
    return word === undefined
      ? { stderr: 'Error: move-leader command needs 1 argument\n', exit: 128 }
      : refused('FailedPrecondition', 'etcdserver: bad leader transferee')
  if (asked?.id !== etcd.leaderId)
    return {
      stderr: `Error: no leader endpoint given at [${asked?.clientUrl ?? ''}]\n`,
      exit: 128,
    }
  const before = etcd.leaderId ?? ''
  if (etcdProcessOf(call.world, target) === undefined)
    return refused('Unavailable', 'etcdserver: request timed out, waiting for the leader transfer')
  etcd.leaderId = target.id
  etcd.leaderSinceMs = call.world.nowMs
  const term = Math.max(...etcd.members.map(({ raftTerm }) => raftTerm)) + 1
  for (const member of etcd.members) member.raftTerm = term
  return { stdout: `Leadership transferred from ${before} to ${target.id}\n` }
}

/** `etcdctl member remove`. */
export const memberRemove: Command = (call, { words }) => {
  const { etcd } = call.world
  const member = etcd.members.find(m => m.id === words[2])
  if (!/^[0-9a-f]{1,16}$/i.test(words[2] ?? '')) return badId(words[2])
  if (member === undefined) return refused('NotFound', 'etcdserver: member not found')
  const left = etcd.members.filter(m => m !== member)
  const started = left.filter(m => etcdProcessOf(call.world, m) !== undefined).length
  if (started * 2 <= left.length)
    return refused(
      'FailedPrecondition',
      'etcdserver: re-configuration failed due to not enough started members',
    )
  etcd.members = left
  return { stdout: `Member ${member.id} removed from cluster cdf818194e3a8c32\n` }
}

/** `etcdctl member add`. */
export const memberAdd: Command = (call, { words, flags }) => {
  const { etcd } = call.world
  const [first] = etcd.members
  const name = words[2] ?? ''
  const isSecond = flags.get('peer-urls') === undefined && words[3] !== undefined
  const peerUrl = flags.get('peer-urls') ?? words[3] ?? ''
  const machine = [...call.world.machines.values()].find(m =>
    m.interfaces.some(i => i.addresses.some(a => peerUrl.includes(`//${a.split('/')[0]}:`))),
  )
  const host = /^https?:\/\/([^:/]+)/.exec(peerUrl)?.[1]
  if (first === undefined || host === undefined)
    return { stderr: 'Error: member peer urls not provided.\n', exit: 128 }
  if (etcd.members.some(member => member.peerUrl === peerUrl))
    return isSecond
      ? { stderr: 'membership: peerURL exists\n', exit: 1 }
      : refused('FailedPrecondition', 'etcdserver: Peer URLs already exists')
  const id = chanceHex(call.world, 16)
  etcd.members.push({
    ...first,
    id,
    name,
    machine: machine?.name ?? host,
    peerUrl,
    clientUrl: peerUrl.replace(':2380', ':2379'),
    version: '',
    isCorrupt: false,
  })
  const cluster = etcd.members.map(m => `${m.name}=${m.peerUrl}`).join(',')
  const told = `\n\nETCD_NAME="${name}"\nETCD_INITIAL_CLUSTER="${cluster}"\n`
  if (isSecond)
    return {
      stdout: `Added member named ${name} with ID ${id} to cluster${told}ETCD_INITIAL_CLUSTER_STATE="existing"\n`,
    }
  return {
    stdout: `Member ${id} added to cluster cdf818194e3a8c32${told}ETCD_INITIAL_ADVERTISE_PEER_URLS="${peerUrl}"\nETCD_INITIAL_CLUSTER_STATE="existing"\n`,
  }
}
