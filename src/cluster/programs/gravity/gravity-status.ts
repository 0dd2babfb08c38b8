import { isPlanetRunning } from '../../laws/gravity/keep-planets.ts'
import { machineNowMs } from '../../relations/clock.ts'
import { etcdHealthOf } from '../../relations/etcd-health.ts'
import { basicProbes } from '../../relations/gravity-checks.ts'
import { type GravityNode, gravityNodes } from '../../relations/gravity-probes.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { alignTabs } from '../../text/tabbed.ts'
import type { Gravity, GravityOperation } from '../../world/platforms.ts'
import { agoText, shortTime } from './gravity-times.ts'

const activeStates: Readonly<Record<GravityOperation['kind'], string>> = {
  install: 'installing',
  upgrade: 'updating',
  expand: 'expanding',
  shrink: 'shrinking',
  garbage_collect: 'collecting garbage',
}

/** Operations that have not come to their end. */
export const activeOperations = (gravity: Gravity | undefined): readonly GravityOperation[] =>
  (gravity?.operations ?? []).filter(({ endedMs }) => endedMs === undefined)

const operationLines = (call: Call, operation: GravityOperation): readonly string[] => {
  const nowMs = machineNowMs(call.world, call.host)
  const { createdMs, endedMs, state, progress } = operation
  const ended = state === 'failed' ? 'Failed' : 'Completed'
  return [
    `    * ${operation.description}`,
    `      ID:\t${operation.id}`,
    `      Started:\t${shortTime(createdMs)} (${agoText(nowMs - createdMs)})`,
    endedMs === undefined
      ? operation.kind === 'upgrade'
        ? `      Use 'gravity plan --operation-id=${operation.id}' to check operation status`
        : `      ${progress.message}, ${progress.percent}% complete`
      : `      ${ended}:\t${shortTime(endedMs)} (${agoText(nowMs - endedMs)})`,
  ]
}

const probeText = ({ detail, error, checker }: GravityNode['failed'][number]): string =>
  `${detail === '' ? checker : detail} (${error})`

/** How long the cluster's register of machines remembers one whose Teleport is silent. */
const REMEMBERED_MS = 600_000

/** Whether a machine can be reached through Teleport, as far as the register knows. */
const isReachable = ({ world }: Call, { status, host }: GravityNode): boolean => {
  const units = [...(host?.units.values() ?? [])]
  const unit = units.find(({ service }) => service === 'teleport')
  if (status === 'offline' || unit === undefined) return status !== 'offline'
  return unit.active === 'active' || world.nowMs - unit.sinceMs < REMEMBERED_MS
}

const nodeLines = (call: Call, node: GravityNode): readonly string[] => {
  const { name, address, status, failed, warnings } = node
  const hasRecords = isStoreUp(call)
  const isOnline = hasRecords && isReachable(call, node)
  return [
    hasRecords ? `        * ${name} (${address}, node)` : `        * <unknown> (${address})`,
    `            Status:\t${status}`,
    ...warnings.map(probe => `            [!]\t${probeText(probe)}`),
    ...failed.map(probe => `            [×]\t${probeText(probe)}`),
    `            Remote access:\t${isOnline ? 'online' : 'offline'}`,
  ]
}

/** Whether the client can read the cluster's records: those of its own machine's etcd. */
export const isStoreUp = ({ world, host }: Call): boolean => {
  if (!isPlanetRunning(host)) return false
  const { members, hasQuorum } = etcdHealthOf(world)
  return members.find(({ member }) => member.machine === host.name)?.hasQuorum ?? hasQuorum
}

/** The version of the controller, as long as the one that leads runs. */
const serverVersion = ({ world }: Call, { leader, version }: Gravity): string | undefined => {
  const machine = world.machines.get(leader ?? '')
  const containers = machine?.isPowered === true ? (machine.planet?.runtime?.containers ?? []) : []
  return containers.some(({ service, state }) => service === 'gravity-site' && state === 'running')
    ? version
    : undefined
}

/** What the cluster is called to be: degraded as soon as one machine is. */
const clusterState = (gravity: Gravity, nodes: readonly GravityNode[]): string => {
  const active = activeOperations(gravity)[0]
  if (active !== undefined) return activeStates[active.kind]
  return nodes.some(({ status }) => status !== 'healthy') ? 'degraded' : 'active'
}

const recordLines = (call: Call, gravity: Gravity, nodes: readonly GravityNode[]): readonly string[] => {
  const client = call.env['GRAVITY_BINARY_VERSION'] ?? gravity.version
  const last = gravity.operations.filter(({ endedMs }) => endedMs !== undefined).at(-1)
  const active = activeOperations(gravity)
  const addresses = Object.values(gravity.advertiseAddresses)
  return [
    `Cluster name:\t${gravity.clusterName}`,
    `Cluster status:\t${nodes.length === 0 ? 'degraded' : clusterState(gravity, nodes)}`,
    `Application:\t${gravity.appName}, version ${gravity.appVersion}`,
    `Gravity version:\t${client} (client) / ${serverVersion(call, gravity) ?? 'n/a'} (server)`,
    `Join token:\t${gravity.joinToken}`,
    ...(active.length === 0
      ? []
      : ['Active operations:', ...active.flatMap(one => operationLines(call, one))]),
    ...(last === undefined ? [] : ['Last completed operation:', ...operationLines(call, last)]),
    'Cluster endpoints:',
    '    * Authentication gateway:',
    ...addresses.map(address => `        - ${address}:32009`),
    '    * Cluster management URL:',
    ...addresses.map(address => `        - https://${address}:32009`),
  ]
}

/** The state of the cluster in lines; without an agent the checks that gravity makes itself stand for the machines. */
const textOf = (call: Call, gravity: Gravity, nodes: readonly GravityNode[]): string => {
  const lines = isStoreUp(call) ? recordLines(call, gravity, nodes) : bareLines
  if (nodes.length > 0)
    return alignTabs([
      ...lines,
      'Cluster nodes:',
      '    Masters:',
      ...nodes.flatMap(node => nodeLines(call, node)),
    ])
  const failed = basicProbes(call.host).filter(({ severity }) => severity === 'critical')
  const checks =
    failed.length === 0
      ? ''
      : `Failed checks:\n${failed.map(({ detail, error }) => `\t[×] ${error === '' ? detail : `${detail} (${error})`}\n`).join('')}`
  return `Failed to query Gravity cluster status. Running additional checks\n${alignTabs(lines)}${checks}`
}

/** What is left to tell without the cluster's records. */
const bareLines = [
  'Cluster name:\t<unknown>',
  'Cluster status:\tdegraded',
  'Gravity version:\t (client) / n/a (server)',
  'Cluster endpoints:',
  '    * Authentication gateway:',
  '    * Cluster management URL:',
]

const iso = (ms: number): string => new Date(ms).toISOString()

const operationJson = (operation: GravityOperation) => ({
  type: `operation_${operation.kind === 'upgrade' ? 'update' : operation.kind}`,
  id: operation.id,
  description: operation.description,
  state: operation.state,
  created: iso(operation.createdMs),
  progress: { message: operation.progress.message, completion: operation.progress.percent },
})

const jsonOf = (call: Call, gravity: Gravity, nodes: readonly GravityNode[]): string => {
  const version = serverVersion(call, gravity)
  const last = gravity.operations.filter(({ endedMs }) => endedMs !== undefined).at(-1)
  const cluster = {
    application: { repository: 'gravitational.io', name: gravity.appName, version: gravity.appVersion },
    state: activeOperations(gravity).length > 0 ? clusterState(gravity, nodes) : 'active',
    domain: gravity.clusterName,
    token: { token: gravity.joinToken, type: 'expand' },
    client_version: { version: call.env['GRAVITY_BINARY_VERSION'] ?? gravity.version },
    ...(version === undefined ? {} : { server_version: { version } }),
    ...(last === undefined ? {} : { operation: operationJson(last) }),
    active_operations: activeOperations(gravity).map(operationJson),
    system_status: nodes.every(({ status }) => status === 'healthy') ? 1 : 2,
    nodes: nodes.map(({ name, address, status, failed, warnings }) => ({
      hostname: name,
      advertise_ip: address,
      role: 'master',
      profile: 'node',
      status,
      ...(failed.length === 0 ? {} : { failed_probes: failed.map(probeText) }),
      ...(warnings.length === 0 ? {} : { warn_probes: warnings.map(probeText) }),
    })),
  }
  return JSON.stringify({ cluster })
}

/** `gravity status`: the cluster, its operations, its machines with the probes that fail. Exits with 255 when it is degraded. */
export const gravityStatus = (call: Call, flags: ReadonlyMap<string, string>): Reply => {
  const { world, host } = call
  const { gravity } = world.platforms
  if (gravity === undefined || host.planet === undefined)
    return { stderr: '[ERROR]: no cluster is installed on this node\n', exit: 255 }
  const tookMs = isStoreUp(call) ? 900 : 9_000
  if (flags.has('token')) return { stdout: isStoreUp(call) ? gravity.joinToken : '', tookMs }
  if (flags.has('quiet')) return { tookMs }
  const nodes = gravityNodes(world, host)
  const isDegraded = nodes.length === 0 || nodes.some(({ status }) => status !== 'healthy')
  const stdout = /json/.test(flags.get('output') ?? '')
    ? jsonOf(call, gravity, nodes)
    : textOf(call, gravity, nodes)
  return isDegraded ? { stdout, stderr: '[ERROR]: degraded\n', exit: 255, tookMs } : { stdout, tookMs }
}
