import { hashOf } from '../../kube/pod.ts'
import { fsyncMsOf } from '../../relations/etcd-health.ts'
import type { Call, Reply } from '../../shell/program.ts'
import type { EtcdArguments } from './etcd-arguments.ts'
import { etcdSize, framedTable } from './etcd-table.ts'
import { isOldEtcd } from './old-etcd.ts'
import { type EtcdEndpoint, endpointsReached, settingOf } from './reach-etcd.ts'

const PATIENCE_MS = 5_000

/** A member id as a decimal number. */
export const decimalId = (id: string): string => BigInt(`0x${id}`).toString()

const tookOf = (call: Call, { member }: EtcdEndpoint): string =>
  `${(member === undefined ? 4 : 2.4 + fsyncMsOf(call.world, member) * 1.3).toFixed(6)}ms`

const retryLine = (call: Call, { url, problem }: EtcdEndpoint): string =>
  `{"level":"warn","ts":"${new Date(call.world.nowMs).toISOString()}","logger":"client","caller":"v3@v3.5.12/retry_interceptor.go:62","msg":"retrying of unary invoker failed","target":"etcd-endpoints://0xc0002ea380/${url.replace(/^https?:\/\//, '')}","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: last ${problem ?? 'connection error'}"}\n`

/** What an older client says of an endpoint whose health it could not ask for. */
const oldProblem = ({ problem }: EtcdEndpoint): string =>
  /dial tcp [^\\"]*refused/.exec(problem ?? '')?.[0] ?? 'context deadline exceeded'

const healthOf = (call: Call, endpoint: EtcdEndpoint) => {
  if (endpoint.problem !== undefined)
    return {
      isHealthy: false,
      took: '5.002s',
      error: 'context deadline exceeded',
      log: retryLine(call, endpoint),
    }
  if (!endpoint.hasQuorum)
    return {
      isHealthy: false,
      took: '5.001s',
      error: 'context deadline exceeded',
      log: retryLine(call, { ...endpoint, problem: 'etcdserver: request timed out' }),
    }
  const alarm = call.world.etcd.alarms[0]
  return {
    isHealthy: alarm === undefined,
    took: tookOf(call, endpoint),
    error: alarm === undefined ? '' : `Active Alarm(s): ${alarm.alarm}`,
    log: '',
  }
}

/** `etcdctl endpoint health`. */
export const endpointHealth = (call: Call, args: EtcdArguments): Reply => {
  const seen = endpointsReached(call, args).map(endpoint => ({ endpoint, ...healthOf(call, endpoint) }))
  const isBad = seen.some(s => !s.isHealthy)
  const logs = seen.map(s => s.log).join('')
  const tookMs = seen.some(s => s.log !== '') ? PATIENCE_MS : 20
  const format = settingOf(call, args, 'write-out')
  const error = isBad ? 'Error: unhealthy cluster\n' : ''
  if (isOldEtcd(call.world))
    return {
      stdout: seen
        .map(({ endpoint, isHealthy, took, error }) =>
          isHealthy
            ? `${endpoint.url} is healthy: successfully committed proposal: took = ${took}\n`
            : `${endpoint.url} is unhealthy: failed to ${endpoint.problem === undefined ? `commit proposal: ${error}` : `connect: ${oldProblem(endpoint)}`}\n`,
        )
        .join(''),
      stderr: error,
      exit: isBad ? 1 : 0,
      tookMs,
    }
  if (format === 'json')
    return {
      stdout: `${JSON.stringify(seen.map(s => ({ endpoint: s.endpoint.url, health: s.isHealthy, took: s.took, ...(s.error === '' ? {} : { error: s.error }) })))}\n`,
      stderr: logs + error,
      exit: isBad ? 1 : 0,
      tookMs,
    }
  if (format === 'table')
    return {
      stdout: framedTable(
        ['ENDPOINT', 'HEALTH', 'TOOK', 'ERROR'],
        seen.map(s => [s.endpoint.url, String(s.isHealthy), s.took, s.error]),
      ),
      stderr: logs + error,
      exit: isBad ? 1 : 0,
      tookMs,
    }
  const lines = seen.map(s =>
    s.isHealthy
      ? `${s.endpoint.url} is healthy: successfully committed proposal: took = ${s.took}\n`
      : `${s.endpoint.url} is unhealthy: failed to commit proposal: ${s.error}\n`,
  )
  return { stderr: `${logs}${lines.join('')}${error}`, exit: isBad ? 1 : 0, tookMs }
}

/** Numbers that are too large for JavaScript stand between marks until they are printed. */
const plainNumbers = (json: string): string => json.replace(/"#(\d+)#"/g, '$1')

const statusJson = (call: Call, { url, member }: EtcdEndpoint) => {
  const { etcd } = call.world
  return {
    Endpoint: url,
    Status: {
      header: {
        cluster_id: '#14841639068965178418#',
        member_id: `#${decimalId(member?.id ?? '0')}#`,
        revision: etcd.revision,
        raft_term: member?.raftTerm,
      },
      version: member?.version,
      dbSize: member?.sizeBytes,
      leader: `#${decimalId(etcd.leaderId ?? '0')}#`,
      raftIndex: member?.raftIndex,
      raftTerm: member?.raftTerm,
      raftAppliedIndex: member?.raftIndex,
      ...(etcd.alarms.length === 0
        ? {}
        : { errors: etcd.alarms.map(a => `memberID:${decimalId(a.memberId)} alarm:${a.alarm} `) }),
      dbSizeInUse: Math.floor(member?.inUseBytes ?? 0),
    },
  }
}

/** `etcdctl endpoint hashkv`: members that hold the same tell the same. */
export const endpointHash = (call: Call, args: EtcdArguments): Reply => {
  const endpoints = endpointsReached(call, args)
  const rows = endpoints
    .filter(({ problem }) => problem === undefined)
    .map(({ url, member }) => [
      url,
      String(
        Number.parseInt(hashOf(`${call.world.etcd.revision}/${member?.isCorrupt ? member.id : ''}`, 8), 16),
      ),
      String(call.world.etcd.revision),
    ])
  const stderr = endpoints
    .filter(({ problem }) => problem !== undefined)
    .map(
      e => `${retryLine(call, e)}Failed to get the hash of endpoint ${e.url} (context deadline exceeded)\n`,
    )
    .join('')
  const base = { stderr, exit: stderr === '' ? 0 : 1, tookMs: stderr === '' ? 20 : PATIENCE_MS }
  return settingOf(call, args, 'write-out') === 'table'
    ? { ...base, stdout: framedTable(['ENDPOINT', 'HASH', 'HASH REVISION'], rows) }
    : { ...base, stdout: rows.map(([url, hash]) => `${url}, ${hash}\n`).join('') }
}

const statusColumns = [
  'ENDPOINT',
  'ID',
  'VERSION',
  'DB SIZE',
  'IS LEADER',
  'IS LEARNER',
  'RAFT TERM',
  'RAFT INDEX',
  'RAFT APPLIED INDEX',
  'ERRORS',
] as const
const newerColumns: readonly string[] = ['IS LEARNER', 'RAFT APPLIED INDEX', 'ERRORS']
const oldStatusColumns = statusColumns.filter(name => !newerColumns.includes(name))

/** `etcdctl endpoint status`. */
export const endpointStatus = (call: Call, args: EtcdArguments): Reply => {
  const endpoints = endpointsReached(call, args)
  const good = endpoints.filter(e => e.problem === undefined)
  const bad = endpoints.filter(e => e.problem !== undefined)
  const stderr = bad
    .map(
      e => `${retryLine(call, e)}Failed to get the status of endpoint ${e.url} (context deadline exceeded)\n`,
    )
    .join('')
  const base = { stderr, exit: bad.length > 0 ? 1 : 0, tookMs: bad.length > 0 ? PATIENCE_MS : 20 }
  const format = settingOf(call, args, 'write-out')
  if (format === 'json')
    return { ...base, stdout: `${plainNumbers(JSON.stringify(good.map(e => statusJson(call, e))))}\n` }
  const { etcd } = call.world
  const errors = etcd.alarms.map(a => `memberID:${decimalId(a.memberId)} alarm:${a.alarm} `).join('')
  const rows = good.map(({ url, member: m }) => [
    url,
    m?.id ?? '',
    m?.version ?? '',
    etcdSize(m?.sizeBytes ?? 0),
    String(m?.id === etcd.leaderId),
    'false',
    String(m?.raftTerm),
    String(m?.raftIndex),
    String(m?.raftIndex),
    errors,
  ])
  const columns = isOldEtcd(call.world) ? oldStatusColumns : statusColumns
  const cells = rows.map(row => columns.map(name => row[statusColumns.indexOf(name)] ?? ''))
  return {
    ...base,
    stdout:
      format === 'table' ? framedTable(columns, cells) : cells.map(row => `${row.join(', ')}\n`).join(''),
  }
}
