import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isUnitRunning } from './cluster-hosts.ts'
import { etcdHealthOf } from './etcd-health.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { mainAddressOf } from './find-machine.ts'
import { lookupRefusal } from './host-address.ts'
import { planetPeers } from './planet-peers.ts'
import { resolveName } from './resolve-name.ts'

/** What one of Satellite's checkers found: `detail` and `error` in its words, empty when all is well. */
export type GravityProbe = {
  readonly checker: string
  readonly detail: string
  readonly error: string
  readonly severity: 'none' | 'warning' | 'critical'
}

const FAQ = 'https://www.gravitational.com/docs/faq'
const DRIFT_LIMIT_MS = 300
const STATE = '/var/lib/gravity'
const HIGH_PERCENT = 90
const LOW_PERCENT = 80

const good = (checker: string, detail = ''): GravityProbe => ({
  checker,
  detail,
  error: '',
  severity: 'none',
})

const bad = (checker: string, detail: string, error = ''): GravityProbe => ({
  checker,
  detail,
  error,
  severity: 'critical',
})

const bridgeProbe = ({ sysctls, modules }: Machine): GravityProbe => {
  if (!modules.some(({ name }) => name === 'br_netfilter'))
    return bad(
      'br-netfilter',
      `br_netfilter module is either not loaded, or sysctl net.bridge.bridge-nf-call-iptables is not set, see ${FAQ}/#bridge-driver`,
    )
  return sysctls.get('net.bridge.bridge-nf-call-iptables') === '1'
    ? good('br-netfilter')
    : bad(
        'br-netfilter',
        `kubernetes requires net.bridge.bridge-nf-call-iptables sysctl set to 1, ${FAQ}/#bridge-driver`,
      )
}

const detachProbe = ({ sysctls }: Machine): GravityProbe =>
  (sysctls.get('fs.may_detach_mounts') ?? '1') === '1'
    ? good('may-detach-mounts')
    : bad(
        'may-detach-mounts',
        `fs.may_detach_mounts should be set to 1 or pods may get stuck in the Terminating state, see ${FAQ}/#kubernetes-pods-stuck-in-terminating-state`,
      )

/** The checks of a machine's kernel, which gravity makes itself where no agent answers. */
export const basicProbes = (host: Machine): readonly GravityProbe[] => [
  host.sysctls.get('net.ipv4.ip_forward') === '1'
    ? good('ip-forward')
    : bad('ip-forward', `ipv4 forwarding is off, see ${FAQ}/#ipv4-forwarding`),
  bridgeProbe(host),
  detachProbe(host),
]

const refused = (url: string, address: string): string =>
  `Get ${url}: dial ${address}: connect: connection refused`

/** Services that are asked over HTTP: the checker, the unit behind it, and what is said when nobody answers. */
const asked = [
  ['kube-apiserver', 'kube-apiserver', refused('https://127.0.0.1:6443/healthz', 'tcp 127.0.0.1:6443')],
  ['kubelet', 'kube-kubelet', refused('http://127.0.0.1:10248/healthz', 'tcp 127.0.0.1:10248')],
  ['docker', 'docker', refused('http://docker/version', 'unix /var/run/docker.sock')],
  ['docker-registry', 'registry', refused('https://127.0.0.1:5000/v2/', 'tcp 127.0.0.1:5000')],
] as const

/** The checks of what runs in Planet: each service that is asked, and units that systemd calls failed. */
export const serviceProbes = (planet: Machine): readonly GravityProbe[] => {
  const failed = [...planet.units.values()].filter(({ active }) => active === 'failed')
  return [
    ...asked.flatMap(([checker, unit, problem]) => {
      if (!planet.units.has(`${unit}.service`)) return []
      return isUnitRunning(planet, `${unit}.service`)
        ? [good(checker)]
        : [bad(checker, 'healthz check failed', problem)]
    }),
    ...(failed.length === 0 ? [good('systemd')] : failed.map(({ name, sub }) => bad('systemd', name, sub))),
  ]
}

/** Whether a machine's etcd answers, and has a leader. */
export const etcdProbe = (world: World, host: Machine): GravityProbe => {
  const own = etcdHealthOf(world).members.find(({ member }) => member.machine === host.name)
  if (own === undefined) return good('etcd-healthz')
  const problem = refused('https://127.0.0.1:2379/health', 'tcp 127.0.0.1:2379')
  if (!own.isRunning) return bad('etcd-healthz', 'healthz check failed', problem)
  return own.hasQuorum
    ? good('etcd-healthz')
    : bad('etcd-healthz', 'healthz check failed', 'unexpected HTTP status: 503 Service Unavailable')
}

const durationText = (ms: number): string => (Math.abs(ms) < 1000 ? `${ms}ms` : `${(ms / 1000).toFixed(3)}s`)

/** How far the clocks of the others are from a machine's own. */
export const driftProbes = (world: World, host: Machine): readonly GravityProbe[] => {
  const own = mainAddressOf(host)
  const apart = planetPeers(world, host)
    .filter(({ isReached }) => isReached)
    .flatMap(({ name, address }): GravityProbe[] => {
      const drift = (world.machines.get(name)?.clockOffsetMs ?? 0) - host.clockOffsetMs
      if (Math.abs(drift) <= DRIFT_LIMIT_MS) return []
      const detail = `time drift between ${own} and ${address} is higher than the allowed threshold of ${DRIFT_LIMIT_MS}ms: ${durationText(drift)}`
      return [{ ...bad('time-drift', detail), severity: 'warning' }]
    })
  if (apart.length > 0) return apart
  return [
    good(
      'time-drift',
      `time drift between ${own} and other nodes is within the allowed threshold of ${DRIFT_LIMIT_MS}ms`,
    ),
  ]
}

/** How full the disk under Gravity's state is. */
export const diskProbe = (host: Machine): GravityProbe => {
  const filesystem = filesystemOf(host, STATE)
  if (filesystem === undefined) return good('disk-space')
  const percent = (filesystemUse(host, filesystem).usedBytes / filesystem.sizeBytes) * 100
  if (percent < LOW_PERCENT)
    return good('disk-space', `disk utilization on ${STATE} is below ${LOW_PERCENT} percent`)
  const isHigh = percent >= HIGH_PERCENT
  const free = Math.round((filesystem.sizeBytes * (100 - percent)) / 100 / 1e8) / 10
  return {
    checker: 'disk-space',
    detail: `disk utilization on ${STATE} exceeds ${isHigh ? HIGH_PERCENT : LOW_PERCENT} percent (${free} GB is available out of ${(filesystem.sizeBytes / 1e9).toFixed(0)} GB), see https://gravitational.com/telekube/docs/cluster/#garbage-collection`,
    error: '',
    severity: isHigh ? 'critical' : 'warning',
  }
}

/** Whether Planet's own resolver knows the leader. */
export const dnsProbe = (world: World, planet: Machine): GravityProbe => {
  const name = 'leader.telekube.local'
  const isUp = isUnitRunning(planet, 'coredns.service')
  if (isUp && resolveName(world, planet, name).kind === 'found') return good('dns')
  const server = '127.0.0.2'
  const reason = isUp ? 'no such host' : lookupRefusal(planet, server)
  return bad(
    'dns',
    `failed to resolve '${name}' (A) nameserver ${server}`,
    `lookup ${name} on ${server}:53: ${reason}`,
  )
}

/** Whether Kubernetes calls a machine's node ready. */
export const nodeProbe = (world: World, host: Machine): GravityProbe => {
  const node = world.kube.objects.get(`Node//${mainAddressOf(host)}`)
  const ready = node?.status?.conditions?.find((c: { type: string }) => c.type === 'Ready')
  if (ready?.status === 'True') return good('node-status')
  return bad('node-status', 'Node is not ready', ready?.message ?? 'the node is not registered')
}
