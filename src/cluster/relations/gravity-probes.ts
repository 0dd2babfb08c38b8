import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { isUnitRunning } from './cluster-hosts.ts'
import { etcdHealthOf } from './etcd-health.ts'
import { filesystemOf, filesystemUse } from './filesystem-use.ts'
import { mainAddressOf } from './find-machine.ts'
import { inStep } from './in-step.ts'
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

const good = (checker: string): GravityProbe => ({ checker, detail: '', error: '', severity: 'none' })

const bad = (checker: string, detail: string, error = ''): GravityProbe => ({
  checker,
  detail,
  error,
  severity: 'critical',
})

const kernelProbes = ({ sysctls, modules }: Machine): readonly GravityProbe[] => [
  sysctls.get('net.ipv4.ip_forward') === '1'
    ? good('ip-forward')
    : bad('ip-forward', `ipv4 forwarding is off, see ${FAQ}/#ipv4-forwarding`),
  sysctls.get('net.bridge.bridge-nf-call-iptables') === '1' &&
  modules.some(({ name }) => name === 'br_netfilter')
    ? good('br-netfilter')
    : bad(
        'br-netfilter',
        `br_netfilter module is either not loaded, or sysctl net.bridge.bridge-nf-call-iptables is not set, see ${FAQ}/#bridge-driver`,
      ),
  ...['overlay', 'br_netfilter'].map(name =>
    modules.some(loaded => loaded.name === name)
      ? good('kernel-module')
      : bad('kernel-module', `kernel module ${name} not found`, `${name} is not loaded`),
  ),
]

const watched = [
  'docker',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-kubelet',
  'kube-proxy',
  'flanneld',
  'coredns',
  'registry',
]

const unitProbes = (planet: Machine): readonly GravityProbe[] =>
  watched.flatMap(name => {
    const unit = planet.units.get(`${name}.service`)
    if (unit === undefined) return []
    return isUnitRunning(planet, unit.name)
      ? [good('systemd')]
      : [bad('systemd', unit.name, `systemd unit ${unit.name} is ${unit.active}: ${unit.sub}`)]
  })

const etcdProbe = (world: World, host: Machine): GravityProbe => {
  const health = etcdHealthOf(world)
  const own = health.members.find(({ member }) => member.machine === host.name)
  if (own === undefined) return good('etcd-healthz')
  if (!own.isRunning)
    return bad(
      'etcd-healthz',
      'healthz check failed',
      'Get https://127.0.0.1:2379/health: dial tcp 127.0.0.1:2379: connect: connection refused',
    )
  return own.hasQuorum
    ? good('etcd-healthz')
    : bad('etcd-healthz', 'healthz check failed', 'unexpected HTTP status: 503 Service Unavailable')
}

const driftProbes = (world: World, host: Machine): readonly GravityProbe[] =>
  planetPeers(world, host)
    .filter(({ isReached }) => isReached)
    .flatMap(({ name, address }) => {
      const drift = (world.machines.get(name)?.clockOffsetMs ?? 0) - host.clockOffsetMs
      return Math.abs(drift) <= DRIFT_LIMIT_MS
        ? []
        : [
            bad(
              'time-drift',
              `time drift between ${mainAddressOf(host)} and ${address} is higher than the allowed threshold of ${DRIFT_LIMIT_MS}ms`,
              `the difference is ${(drift / 1000).toFixed(3)}s`,
            ),
          ]
    })

const diskProbe = (host: Machine): GravityProbe => {
  const filesystem = filesystemOf(host, STATE)
  if (filesystem === undefined) return good('disk-space')
  const percent = (filesystemUse(host, filesystem).usedBytes / filesystem.sizeBytes) * 100
  if (percent < LOW_PERCENT) return good('disk-space')
  const isHigh = percent >= HIGH_PERCENT
  return {
    checker: 'disk-space',
    detail: `disk utilization on ${STATE} exceeds ${isHigh ? HIGH_PERCENT : LOW_PERCENT} percent`,
    error: `${percent.toFixed(0)} percent of ${filesystem.device} is used`,
    severity: isHigh ? 'critical' : 'warning',
  }
}

const dnsProbe = (world: World, planet: Machine): GravityProbe =>
  resolveName(world, planet, 'leader.telekube.local').kind === 'found'
    ? good('dns')
    : bad(
        'dns',
        'failed to resolve leader.telekube.local',
        'lookup leader.telekube.local on 127.0.0.2:53: no answer',
      )

const nodeProbe = (world: World, host: Machine): GravityProbe => {
  const node = world.kube.objects.get(`Node//${mainAddressOf(host)}`)
  const ready = node?.status?.conditions?.find((c: { type: string }) => c.type === 'Ready')
  if (ready?.status === 'True') return good('node-status')
  return bad('node-status', 'Node is not ready', ready?.message ?? 'the node is not registered')
}

/** Whether a machine's agent answers: its Planet runs with Serf and the agent in it. */
export const isAgentUp = ({ planet, isPowered }: Machine): boolean =>
  isPowered &&
  planet !== undefined &&
  isUnitRunning(planet, 'serf.service') &&
  isUnitRunning(planet, 'planet-agent.service')

/** Every check of Satellite on one machine as it ends now. */
export const gravityProbes = (world: World, host: Machine): readonly GravityProbe[] =>
  inStep(world, `gravity-probes/${host.name}`, () => {
    const { planet } = host
    if (planet === undefined || !isAgentUp(host)) return []
    return [
      ...kernelProbes(host),
      ...unitProbes(planet),
      etcdProbe(world, host),
      dnsProbe(world, planet),
      diskProbe(host),
      nodeProbe(world, host),
      ...driftProbes(world, host),
    ]
  })

/** A machine of the cluster as Satellite on another sees it. */
export type GravityNode = {
  readonly name: string
  readonly address: string
  readonly host: Machine | undefined
  readonly status: 'healthy' | 'degraded' | 'offline'
  readonly failed: readonly GravityProbe[]
  readonly warnings: readonly GravityProbe[]
}

const nodeOf = (
  world: World,
  { name, address, isReached }: { name: string; address: string; isReached: boolean },
): GravityNode => {
  const host = world.machines.get(name)
  if (host === undefined || !isReached || !isAgentUp(host))
    return { name, address, host, status: 'offline', failed: [], warnings: [] }
  const probes = gravityProbes(world, host)
  const failed = probes.filter(({ severity }) => severity === 'critical')
  const warnings = probes.filter(({ severity }) => severity === 'warning')
  return { name, address, host, status: failed.length > 0 ? 'degraded' : 'healthy', failed, warnings }
}

/** The machines of the cluster as the agent of one sees them, in the order of their names; empty when it has no agent. */
export const gravityNodes = (world: World, from: Machine): readonly GravityNode[] => {
  if (!isAgentUp(from)) return []
  const own = { name: from.name, address: mainAddressOf(from), isReached: true }
  return [own, ...planetPeers(world, from)]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(peer => nodeOf(world, peer))
}
