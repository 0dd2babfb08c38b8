import { etcdHealthOf } from '../../relations/etcd-health.ts'
import type { Call, Post, Program, Reply } from '../../shell/program.ts'
import { decimalId, endpointHash, endpointHealth, endpointStatus } from './endpoint-commands.ts'
import { type EtcdArguments, readEtcd } from './etcd-arguments.ts'
import { deleteKeys, getKeys, putKey } from './key-commands.ts'
import {
  type Command,
  memberAdd,
  memberList,
  memberRemove,
  memberUpdate,
  moveLeader,
} from './member-commands.ts'
import { asOldReply, isOldEtcd } from './old-etcd.ts'
import { type EtcdEndpoint, endpointsReached, missingCertificate } from './reach-etcd.ts'
import { askSecondApi } from './second-api.ts'
import { restoreSnapshot, saveSnapshot, snapshotStatus } from './snapshot-commands.ts'

const PATIENCE_MS = 5_000

const alarmLines = (call: Call): string =>
  call.world.etcd.alarms.map(a => `memberID:${decimalId(a.memberId)} alarm:${a.alarm} \n`).join('')

const disarm: Command = call => {
  const stdout = alarmLines(call)
  call.world.etcd.alarms = []
  return { stdout }
}

const COMPACTED_SHARE = 0.25
const PAGE_BYTES = 4096

const compact: Command = (call, { words }) => {
  const { etcd } = call.world
  const revision = Number(words[1])
  if (!Number.isFinite(revision) || words[1] === undefined)
    return { stderr: 'Error: compact command needs 1 argument.\n', exit: 128 }
  const failed = (text: string): Reply => ({
    stderr: `{"level":"warn","caller":"v3@v3.5.12/retry_interceptor.go:62","msg":"retrying of unary invoker failed","error":"rpc error: code = OutOfRange desc = etcdserver: mvcc: ${text}"}\nError: etcdserver: mvcc: ${text}\n`,
    exit: 1,
  })
  if (revision <= etcd.compactedRevision) return failed('required revision has been compacted')
  if (revision > etcd.revision) return failed('required revision is a future revision')
  const share = (revision - etcd.compactedRevision) / Math.max(1, etcd.revision - etcd.compactedRevision)
  for (const member of etcd.members)
    member.inUseBytes = Math.min(
      member.inUseBytes,
      Math.max(21 * 1024 ** 2, member.inUseBytes * (1 - share * (1 - COMPACTED_SHARE))),
    )
  etcd.compactedRevision = revision
  return { stdout: `compacted revision ${revision}\n`, tookMs: 300 }
}

const defrag: Command = (call, args) => {
  const reached = endpointsReached(call, args)
  let stdout = ''
  for (const { url, member } of reached) {
    if (member === undefined) continue
    member.sizeBytes = Math.ceil(member.inUseBytes / PAGE_BYTES) * PAGE_BYTES
    stdout += `Finished defragmenting etcd member[${url}]\n`
  }
  return { stdout, tookMs: 1_800 }
}

const checkPerf: Command = call => {
  const { writeMs } = etcdHealthOf(call.world)
  const isGood = writeMs < 100
  const rate = isGood ? 150 : Math.max(2, Math.round(15_000 / writeMs))
  const verdict = isGood
    ? `PASS: Throughput is ${rate} writes/s\nPASS: Slowest request took ${((writeMs * 3.1) / 1000).toFixed(6)}s\nPASS: Stddev is 0.001493s\nPASS\n`
    : `FAIL: Throughput too low: ${rate} writes/s\nSlowest request took too long: ${((writeMs * 3.1) / 1000).toFixed(6)}s\nStddev too high: ${(writeMs / 2000).toFixed(6)}s\nFAIL\n`
  return {
    stdout: ` 60 / 60 Booooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo! 100.00% 1m0s\n${verdict}`,
    exit: isGood ? 0 : 1,
    tookMs: 60_000,
  }
}

const commands: Readonly<Record<string, Command>> = {
  'endpoint health': (call, args) => endpointHealth(call, args),
  'endpoint status': (call, args) => endpointStatus(call, args),
  'member list': memberList,
  'member remove': memberRemove,
  'member add': memberAdd,
  'member update': memberUpdate,
  'move-leader': moveLeader,
  'endpoint hashkv': (call, args) => endpointHash(call, args),
  'alarm list': call => ({ stdout: alarmLines(call) }),
  'alarm disarm': disarm,
  'snapshot save': saveSnapshot,
  'check perf': checkPerf,
  compact,
  defrag,
  get: getKeys,
  put: putKey,
  del: deleteKeys,
}

const offline: Readonly<Record<string, (call: Call, args: EtcdArguments) => Reply>> = {
  'snapshot status': snapshotStatus,
  'snapshot restore': restoreSnapshot,
  version: call => {
    const version = call.world.etcd.members[0]?.version ?? '3.5.12'
    return {
      stdout: `etcdctl version: ${version}\nAPI version: ${version.split('.').slice(0, 2).join('.')}\n`,
    }
  },
}

/** A request that no endpoint answers, or that finds no majority. */
const unanswered = (call: Call, endpoint: EtcdEndpoint): Reply => ({
  stderr: `{"level":"warn","ts":"${new Date(call.world.nowMs).toISOString()}","logger":"client","caller":"v3@v3.5.12/retry_interceptor.go:62","msg":"retrying of unary invoker failed","target":"etcd-endpoints://0xc0002ea380/${endpoint.url.replace(/^https?:\/\//, '')}","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: last ${endpoint.problem ?? 'connection error'}"}\nError: context deadline exceeded\n`,
  exit: 1,
  tookMs: PATIENCE_MS,
})

const isLocal = (post: Post): boolean =>
  post.container === undefined
    ? post.machine.role === 'control-plane' ||
      post.machine.units.has('etcd.service') ||
      post.machine.role === 'workstation'
    : post.container.service === 'etcd'

/** What works on files alone is etcdutl's from 3.5 on; etcdctl does it still, and says so first. */
const deprecated = (
  { name, world }: Call,
  { action, reply }: { readonly action: string; readonly reply: Reply },
): Reply => {
  const isOld = /^3\.[0-4]\./.test(world.etcd.members[0]?.version ?? '')
  if (name !== 'etcdctl' || isOld || !action.startsWith('snapshot ')) return reply
  const note = `Deprecated: Use \`etcdutl ${action}\` instead.\n\n`
  return { ...reply, stderr: `${note}${reply.stderr ?? ''}` }
}

const askThirdApi = (call: Call): Reply => {
  const args = readEtcd(call.args)
  if ('problem' in args) return { stderr: args.problem, exit: 128 }
  const two = args.words.slice(0, 2).join(' ')
  const alone = offline[two] ?? offline[args.words[0] ?? '']
  if (alone !== undefined) return deprecated(call, { action: two, reply: alone(call, args) })
  const command = commands[two] ?? commands[args.words[0] ?? '']
  if (command === undefined)
    return args.words.length === 0
      ? { stdout: 'NAME:\n\tetcdctl - A simple command line client for etcd3.\n' }
      : {
          stderr: `Error: unknown command "${args.words[0]}" for "etcdctl"\nRun 'etcdctl --help' for usage.\n`,
          exit: 128,
        }
  const missing = missingCertificate(call, args)
  if (missing !== undefined) return { stderr: missing, exit: 128 }
  if (two.startsWith('endpoint '))
    return command(call, args, { url: '', member: undefined, problem: undefined, hasQuorum: true })
  const endpoints = endpointsReached(call, args)
  const reached = endpoints.find(e => e.problem === undefined)
  const [first] = endpoints
  if (reached === undefined) return first === undefined ? {} : unanswered(call, first)
  const needsQuorum = !/^(snapshot|defrag|alarm list)/.test(two)
  if (needsQuorum && !reached.hasQuorum)
    return unanswered(call, { ...reached, problem: 'etcdserver: request timed out' })
  return command(call, args, reached)
}

/** etcdctl(1), and etcdutl for what works on files alone. */
export const etcdctl: Program = {
  names: ['etcdctl', 'etcdutl'],
  isInstalled: isLocal,
  run: call =>
    askSecondApi(call) ?? (isOldEtcd(call.world) ? asOldReply(askThirdApi(call)) : askThirdApi(call)),
}

/** etcdctl3: what Planet has for those who want the third API. */
export const etcdctl3: Program = {
  names: ['etcdctl3'],
  isInstalled: ({ machine, host, container }) => container === undefined && machine === host.planet,
  run: call => etcdctl.run({ ...call, env: { ...call.env, ETCDCTL_API: '3' } }),
}
