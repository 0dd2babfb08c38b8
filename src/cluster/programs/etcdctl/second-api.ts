import { dialError } from '../../relations/dial-error.ts'
import { type EtcdMemberHealth, etcdHealthOf } from '../../relations/etcd-health.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { memberAdd, memberRemove } from './member-commands.ts'
import { isOldEtcd } from './old-etcd.ts'
import { type EtcdEndpoint, endpointsReached } from './reach-etcd.ts'
import { secondStoreAt } from './second-store.ts'

type Command = (call: Call, words: readonly string[], endpoint: EtcdEndpoint) => Reply

const SERVER_ERROR = 4

/** Where every endpoint fails: each with what stood in the way. */
const unavailable = (endpoints: readonly { readonly url: string; readonly problem: string }[]): Reply => {
  const told = endpoints.map(({ problem }, at) => `error #${at}: ${problem}`)
  return {
    stderr: `Error:  client: etcd cluster is unavailable or misconfigured; ${told.join('; ')}\n\n${told.join('\n')}\n\n`,
    exit: SERVER_ERROR,
  }
}

const PLAIN = 'malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02"'

const problemOf = ({ problem = '' }: EtcdEndpoint): string => {
  if (/server preface/.test(problem)) return PLAIN
  const bare = problem.replace(/^connection error: desc = \\"|\\"$/g, '')
  return (
    /dial tcp [^\\"]*/.exec(problem)?.[0] ?? bare.replace('transport: authentication handshake failed: ', '')
  )
}

/** Why a member's address for clients gives no answer; a release built with an older Go puts no quotes around it. */
const unreached = (
  { world, host }: Call,
  { member: { clientUrl }, isRunning }: EtcdMemberHealth,
): string | undefined => {
  const [, address = '', port = '2379'] = /^\w+:\/\/([^:/]+):(\d+)/.exec(clientUrl) ?? []
  const problem =
    dialError(world, { from: host, address, port: Number(port) }) ??
    (isRunning ? undefined : `dial tcp ${address}:${port}: connect: connection refused`)
  const url = `${clientUrl}/health`
  return problem === undefined ? undefined : `Get ${isOldEtcd(world) ? url : `"${url}"`}: ${problem}`
}

const clusterHealth: Command = call => {
  const { members, hasQuorum } = etcdHealthOf(call.world)
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

const memberList: Command = (call, _words, { url, hasQuorum }) => {
  const { etcd } = call.world
  if (!hasQuorum) {
    const problem = `client: etcd member ${url} has no leader`
    return {
      stderr: `Failed to get leader:  client: etcd cluster is unavailable or misconfigured; error #0: ${problem}\n`,
      exit: 1,
    }
  }
  const rows = etcd.members.map(({ id, name, peerUrl, clientUrl, version }) =>
    version === ''
      ? `${id}[unstarted]: peerURLs=${peerUrl}\n`
      : `${id}: name=${name} peerURLs=${peerUrl} clientURLs=${clientUrl} isLeader=${id === etcd.leaderId}\n`,
  )
  return { stdout: rows.join('') }
}

const removeMember: Command = (call, words, endpoint) => {
  const [, , id] = words
  if (id === undefined) return { stderr: 'Provide a single member ID\n', exit: 1 }
  const reply = memberRemove(call, { words, flags: new Map() }, endpoint)
  if (reply.exit === undefined) return { stdout: `Removed member ${id} from cluster\n` }
  const text = /Error: (.*)/.exec(reply.stderr ?? '')?.[1] ?? ''
  return {
    stderr: /not found|bad member ID/.test(text)
      ? `Couldn't find a member in the cluster with an ID of ${id}.\n`
      : `Received an error trying to remove member ${id}: ${text}\n`,
    exit: 1,
  }
}

const addMember: Command = (call, words, endpoint) =>
  words.length === 4
    ? memberAdd(call, { words, flags: new Map() }, endpoint)
    : { stderr: 'Provide a name and a single member peerURL\n', exit: 1 }

const notFound = ({ world }: Call, key: string): Reply => ({
  stderr: `Error:  100: Key not found (${key.startsWith('/') ? key : `/${key}`}) [${world.etcd.members[0]?.raftIndex ?? 0}]\n`,
  exit: SERVER_ERROR,
})

const listKeys: Command = (call, [, key = '/']) => {
  const found = secondStoreAt(call.world, key)
  if (found === undefined) return notFound(call, key)
  if (found.value !== undefined) return { stdout: `${key}\n` }
  const isDeep = call.args.some(word => word === '-r' || word === '--recursive')
  const depth = found.below[0]?.split('/').length ?? 0
  const shown = found.below.filter(known => isDeep || known.split('/').length === depth)
  const slash = (known: string): string =>
    call.args.includes('-p') && found.below.some(other => other.startsWith(`${known}/`)) ? '/' : ''
  return { stdout: shown.map(known => `${known}${slash(known)}\n`).join('') }
}

const getKey: Command = (call, [, key]) => {
  if (key === undefined) return { stderr: 'Error:  Key required\n', exit: 1 }
  const found = secondStoreAt(call.world, key)
  if (found === undefined) return notFound(call, key)
  return found.value === undefined
    ? { stderr: `${key}: is a directory\n`, exit: 1 }
    : { stdout: `${found.value}\n` }
}

const commands: Readonly<Record<string, Command>> = {
  'cluster-health': clusterHealth,
  'member list': memberList,
  'member remove': removeMember,
  'member add': addMember,
  ls: listKeys,
  get: getKey,
}

const needsMajority = new Set(['member remove', 'member add'])

/** Whether the second API is meant: by its variable, with an older client without one, or by a command that only it has. */
const isSecond = ({ env, world }: Call, words: readonly string[]): boolean =>
  env.ETCDCTL_API === '2' ||
  (env.ETCDCTL_API !== '3' && isOldEtcd(world)) ||
  (env.ETCDCTL_API !== '3' && words[0] === 'cluster-health')

const valued =
  /^--?(endpoints?|peers|C|cert-file|key-file|ca-file|timeout|total-timeout|output|o|username|u)$/

/** The settings of the second API, by flag or variable, under the names of the third. */
const settings = [
  ['endpoints', /^--?(?:endpoints?|peers|C)$/, ['ETCDCTL_ENDPOINTS', 'ETCDCTL_ENDPOINT', 'ETCDCTL_PEERS']],
  ['cacert', /^--?ca-file$/, ['ETCDCTL_CA_FILE']],
  ['cert', /^--?cert-file$/, ['ETCDCTL_CERT_FILE']],
  ['key', /^--?key-file$/, ['ETCDCTL_KEY_FILE']],
] as const

const flagsOf = ({ args, env }: Call): ReadonlyMap<string, string> =>
  new Map(
    settings.flatMap(([name, flag, variables]) => {
      const at = args.findIndex(word => flag.test(word.split('=')[0] ?? ''))
      const given = /=(.*)/.exec(args[at] ?? '')?.[1] ?? (at === -1 ? undefined : args[at + 1])
      const value = given ?? variables.map(variable => env[variable]).find(Boolean)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )

/** What etcdctl answers in the second API; `undefined` where the third is meant. */
export const askSecondApi = (call: Call): Reply | undefined => {
  const { args, world } = call
  const version = world.etcd.members.find(member => member.version !== '')?.version ?? ''
  const words = args.filter((word, at) => !word.startsWith('-') && !valued.test(args[at - 1] ?? ''))
  const asksVersion = args.includes('--version') || args.includes('-v')
  if (asksVersion && words.length === 0 && (isSecond(call, words) || isOldEtcd(world)))
    return { stdout: `etcdctl version: ${version}\nAPI version: 2\n` }
  if (!isSecond(call, words)) return undefined
  if (words.length === 0)
    return {
      stdout: `NAME:\n   etcdctl - A simple command line client for etcd.\n\nVERSION:\n   ${version}\n`,
    }
  const name = words[0] === 'member' ? words.slice(0, 2).join(' ') : (words[0] ?? '')
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) return { stdout: `No help topic for '${words[0]}'\n`, exit: 3 }
  const flags = flagsOf(call)
  const endpoints = endpointsReached(call, { words, flags })
  const reached = endpoints.find(({ problem }) => problem === undefined)
  if (reached === undefined)
    return {
      ...unavailable(endpoints.map(one => ({ url: one.url, problem: problemOf(one) }))),
      ...(name === 'cluster-health' ? { stdout: 'cluster may be unhealthy: failed to list members\n' } : {}),
    }
  if (needsMajority.has(name) && !reached.hasQuorum)
    return unavailable([{ url: reached.url, problem: `client: etcd member ${reached.url} has no leader` }])
  return command(call, words, reached)
}
