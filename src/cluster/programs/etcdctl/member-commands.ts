import { chanceHex } from '../../chance.ts'
import { etcdProcessOf } from '../../relations/etcd-health.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { decimalId } from './endpoint-commands.ts'
import type { EtcdArguments } from './etcd-arguments.ts'
import { framedTable } from './etcd-table.ts'
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
    'false',
  ])
  const format = settingOf(call, args, 'write-out')
  if (format === 'table')
    return { stdout: framedTable(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], rows) }
  if (format === 'json')
    return {
      stdout: `${JSON.stringify({ header: { raft_term: members[0]?.raftTerm }, members: members.map(m => ({ ID: Number(decimalId(m.id)), name: m.name, peerURLs: [m.peerUrl], clientURLs: [m.clientUrl] })) })}\n`,
    }
  return { stdout: rows.map(row => `${row.join(', ')}\n`).join('') }
}

/** `etcdctl member remove`. */
export const memberRemove: Command = (call, { words }) => {
  const { etcd } = call.world
  const member = etcd.members.find(m => m.id === words[2])
  if (member === undefined)
    return {
      stderr:
        '{"level":"warn","msg":"retrying of unary invoker failed","error":"rpc error: code = NotFound desc = etcdserver: member not found"}\nError: etcdserver: member not found\n',
      exit: 1,
    }
  const left = etcd.members.filter(m => m !== member)
  const started = left.filter(m => etcdProcessOf(call.world, m) !== undefined).length
  if (started * 2 <= left.length)
    return {
      stderr:
        '{"level":"warn","msg":"retrying of unary invoker failed","error":"rpc error: code = FailedPrecondition desc = etcdserver: re-configuration failed due to not enough started members"}\nError: etcdserver: re-configuration failed due to not enough started members\n',
      exit: 1,
    }
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
  if (first === undefined || machine === undefined)
    return { stderr: 'Error: member peer urls not provided.\n', exit: 128 }
  const id = chanceHex(call.world, 16)
  etcd.members.push({
    ...first,
    id,
    name,
    machine: machine.name,
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
