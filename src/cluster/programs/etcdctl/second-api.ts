import { dialError } from '../../relations/dial-error.ts'
import { type EtcdMemberHealth, etcdHealthOf } from '../../relations/etcd-health.ts'
import type { Call, Reply } from '../../shell/program.ts'

const REFUSED = 'dial tcp 127.0.0.1:2379: connect: connection refused'

/** Before etcd 3.4 the client spoke the second API unless told otherwise. */
const isOld = (version: string): boolean => /^3\.[0-3]\./.test(version)

const noMembers = (): Reply => ({
  stdout: 'cluster may be unhealthy: failed to list members\n',
  stderr: `Error:  client: etcd cluster is unavailable or misconfigured; error #0: ${REFUSED}\n\nerror #0: ${REFUSED}\n`,
  exit: 4,
})

/** Why a member's address for clients gives no answer; a release built with an older Go puts no quotes around it. */
const unreached = (
  { world, host }: Call,
  { member: { clientUrl, version }, isRunning }: EtcdMemberHealth,
): string | undefined => {
  const [, address = '', port = '2379'] = /^\w+:\/\/([^:/]+):(\d+)/.exec(clientUrl) ?? []
  const problem =
    dialError(world, { from: host, address, port: Number(port) }) ??
    (isRunning ? undefined : `dial tcp ${address}:${port}: connect: connection refused`)
  const url = `${clientUrl}/health`
  return problem === undefined ? undefined : `Get ${isOld(version) ? url : `"${url}"`}: ${problem}`
}

const clusterHealth = (call: Call): Reply => {
  const { members, hasQuorum } = etcdHealthOf(call.world)
  if (!members.some(({ isRunning }) => isRunning)) return noMembers()
  const found = members.map(m => ({ ...m, silent: unreached(call, m) }))
  const lines = found.map(({ member, hasQuorum: isWell, silent }) =>
    silent === undefined
      ? `member ${member.id} is ${isWell ? '' : 'un'}healthy: got ${isWell ? '' : 'un'}healthy result from ${member.clientUrl}\n`
      : `failed to check the health of member ${member.id} on ${member.clientUrl}: ${silent}\nmember ${member.id} is unreachable: [${member.clientUrl}] are all unreachable\n`,
  )
  const isAll = found.every(m => m.silent === undefined && m.hasQuorum)
  return {
    stdout: `${lines.join('')}cluster is ${isAll ? 'healthy' : hasQuorum ? 'degraded' : 'unavailable'}\n`,
    exit: isAll ? 0 : 5,
  }
}

const memberList = (call: Call): Reply => {
  const { members, hasQuorum } = etcdHealthOf(call.world)
  if (!members.some(({ isRunning }) => isRunning)) return { ...noMembers(), stdout: '', exit: 1 }
  const leaderId = hasQuorum ? call.world.etcd.leaderId : undefined
  const rows = members.map(
    ({ member }) =>
      `${member.id}: name=${member.name} peerURLs=${member.peerUrl} clientURLs=${member.clientUrl} isLeader=${member.id === leaderId}\n`,
  )
  return { stdout: rows.join('') }
}

const commands: Readonly<Record<string, (call: Call) => Reply>> = {
  'cluster-health': clusterHealth,
  'member list': memberList,
}

/** What etcdctl answers in the second API: where that is asked for, or only it has the command; `undefined` where the third is meant. */
export const askSecondApi = (call: Call): Reply | undefined => {
  const { args, env, world } = call
  const version = world.etcd.members[0]?.version ?? ''
  const words = args.filter(word => !word.startsWith('-'))
  const isAsked = env.ETCDCTL_API === '2'
  const asksVersion = args.includes('--version') || args.includes('-v')
  if (asksVersion && words.length === 0 && (isAsked || isOld(version)))
    return { stdout: `etcdctl version: ${version}\nAPI version: 2\n` }
  if (!isAsked && words[0] !== 'cluster-health') return undefined
  const command = commands[words.slice(0, 2).join(' ')] ?? commands[words[0] ?? '']
  return command?.(call) ?? { stdout: `No help topic for '${words[0] ?? ''}'\n`, exit: 3 }
}
