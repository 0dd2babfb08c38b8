import { minorOf } from '../../kube/minor-version.ts'
import type { World } from '../../world/world.ts'
import type { Running, Service } from '../service.ts'
import { startedMsOf } from './telling.ts'

/** The first release whose health tells whether the node is to get traffic. */
const TELLS_ELIGIBLE = 28

/** A time as Go prints it in whole, with the seconds since the program began. */
const goTime = (atMs: number, startedMs: number): string => {
  const iso = new Date(atMs).toISOString()
  const nanos = String((Math.floor(atMs * 7_919) % 1_000_000) + 1_000).padStart(6, '0')
  const since = ((atMs - startedMs) / 1_000).toFixed(3)
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${nanos} +0000 UTC m=+${since}${nanos}`
}

/** One that keeps up with its rules says that it has just written them. */
const health = (world: World, self: Running): string => {
  const now = goTime(world.nowMs, startedMsOf(world, self))
  const eligible = minorOf(world) < TELLS_ELIGIBLE ? '' : ', "nodeEligible": true'
  return `{"lastUpdated": "${now}","currentTime": "${now}"${eligible}}`
}

const SYNC_MS = 30_000

/** A metric of one value: its type and name, what it is, and how much. */
const single = (typed: string, help: string, value: string): readonly string[] => {
  const [type, name] = typed.split(' ')
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`]
}

/** A point of time as Prometheus prints large numbers. */
const inSeconds = (atMs: number): string => (atMs / 1_000).toExponential(9).replace(/e\+(\d)$/, 'e+0$1')

const metrics = (world: World, self: Running): string => {
  const startedMs = startedMsOf(world, self)
  const syncs = Math.floor((world.nowMs - startedMs) / SYNC_MS) + 1
  const lastMs = startedMs + (syncs - 1) * SYNC_MS
  return [
    ...single(
      'counter kubeproxy_sync_proxy_rules_iptables_restore_failures_total',
      '[ALPHA] Cumulative proxy iptables restore failures',
      '0',
    ),
    ...single(
      'gauge kubeproxy_sync_proxy_rules_last_timestamp_seconds',
      '[ALPHA] The last time proxy rules were successfully synced',
      inSeconds(lastMs),
    ),
    '# HELP kubeproxy_sync_proxy_rules_duration_seconds [ALPHA] SyncProxyRules latency in seconds',
    '# TYPE kubeproxy_sync_proxy_rules_duration_seconds histogram',
    `kubeproxy_sync_proxy_rules_duration_seconds_bucket{le="+Inf"} ${syncs}`,
    `kubeproxy_sync_proxy_rules_duration_seconds_sum ${(syncs * 0.0214).toFixed(4)}`,
    `kubeproxy_sync_proxy_rules_duration_seconds_count ${syncs}`,
    ...single(
      'gauge process_start_time_seconds',
      'Start time of the process since unix epoch in seconds.',
      inSeconds(startedMs),
    ),
    '',
  ].join('\n')
}

const HEALTH_PORT = 10256

/** What kube-proxy answers: its health on one port, what it measures and its mode on the other, where it is asked by its own machine. */
export const proxyAnswers: NonNullable<Service['answers']> = (world, self, { path, port }) => {
  const [route = ''] = path.split('?')
  const isHealth = route === '/healthz' || (route === '/livez' && port === HEALTH_PORT)
  if (port === HEALTH_PORT)
    return isHealth
      ? { status: 200, contentType: 'application/json', body: health(world, self) }
      : { status: 404, body: '404 page not found\n' }
  if (route === '/metrics') return { status: 200, body: metrics(world, self) }
  if (route === '/proxyMode') return { status: 200, body: 'iptables' }
  return isHealth ? { status: 200, body: 'ok' } : { status: 404, body: '404 page not found\n' }
}
