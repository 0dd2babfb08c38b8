import { minorOf } from '../kube/minor-version.ts'
import { getObject } from '../kube/store.ts'
import { msOf } from '../kube/times.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { webhookProblem } from './admission/webhook-problem.ts'
import { type ApiAnswer, askApi } from './ask-api.ts'
import { mayDo, refusalText, type Wish } from './authorize.ts'
import { clusterHosts, isUnitRunning } from './cluster-hosts.ts'
import { flagsInText, flagsOf } from './flags.ts'
import { K3S_DATA } from './k3s/k3s-data.ts'
import { k3sOptions } from './k3s/k3s-units.ts'
import { isProblem, readKubeconfig } from './kubeconfig.ts'
import { runningContainers } from './pods.ts'
import type { Daemon } from './read-settings.ts'

/** A running process that acts through the API server and is alone in that by a lease. */
export type Component = {
  readonly machine: Machine
  /** The name by which it holds its lease. */
  readonly identity: string
  readonly startedMs: number
  readonly kubeconfig: string
  readonly program: Daemon
  /** As whom it comes where its own kubeconfig is not looked at: k3s has it inside. */
  readonly user?: string
}

/** The components that elect a leader. */
export type Elected = 'kube-controller-manager' | 'kube-scheduler'

const withinK3s: Readonly<Record<Elected, string>> = {
  'kube-controller-manager': `${K3S_DATA}/server/cred/controller.kubeconfig`,
  'kube-scheduler': `${K3S_DATA}/server/cred/scheduler.kubeconfig`,
}

const LEASE_MS = 15_000

/** How long after its start a component asks for its lease: one that cannot read its flags or files has ended by then. */
export const COMES_UP_MS = 1_000

const uuidOf = (id: string): string =>
  `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20, 32)}`

/** The name by which a container of an elected component holds its lease. */
export const identityOf = (machine: Machine, id: string): string =>
  `${machine.name}_${uuidOf(id.padEnd(32, '7'))}`

const hasWithin = (machine: Machine, unit: Unit, name: Elected): boolean =>
  !k3sOptions(machine, unit, name.replace('kube-', 'disable-')).includes('true')

/** The processes of a component that run: containers, units, or k3s with all in one. */
export const componentsOf = (world: World, name: Elected): readonly Component[] => [
  ...runningContainers(world, name).map(({ machine, container }) => ({
    machine,
    identity: identityOf(machine, container.id),
    startedMs: container.startedMs ?? 0,
    kubeconfig: flagsOf(container.command).kubeconfig ?? '',
    program: container,
  })),
  ...clusterHosts(world).flatMap(({ machine }) =>
    [...machine.units.values()]
      .filter(
        unit =>
          isUnitRunning(machine, unit.name) &&
          (unit.service === name || (unit.service === 'k3s' && hasWithin(machine, unit, name))),
      )
      .map(unit => ({
        machine,
        identity: identityOf(machine, machine.machineId),
        startedMs: unit.startedMs ?? 0,
        kubeconfig: flagsInText(unit.execStart).kubeconfig ?? withinK3s[name],
        program: unit,
        ...(unit.service === 'k3s' ? { user: `system:${name}` } : {}),
      })),
  ),
]

/** How the API server answers a component; `undefined` when its kubeconfig cannot be read. */
export const answerTo = (
  world: World,
  { machine, kubeconfig, program, startedMs }: Component,
): ApiAnswer | undefined => {
  const config = readKubeconfig(machine, kubeconfig, program)
  return isProblem(config) ? undefined : askApi(world, { from: machine, config, heldSinceMs: startedMs })
}

/** What the API server refuses to a component that gets through to it, in its words: its lease, and to list what it works on. */
export type ComponentRefusal = { readonly lease: string | undefined; readonly list: string | undefined }

const nothing: ComponentRefusal = { lease: undefined, list: undefined }

/** What a component may not do by the roles that are bound to it; nothing is refused in a cluster that asks nobody. */
export const refusedTo = (world: World, component: Component, name: Elected): ComponentRefusal => {
  const answer = answerTo(world, component)
  if (answer?.kind !== 'answers') return nothing
  const modes = answer.server.flags['authorization-mode']?.split(',') ?? ['Node', 'RBAC']
  if (modes.includes('AlwaysAllow')) return nothing
  const person = component.user === undefined ? answer : { user: component.user, groups: [] }
  const refuse = (wish: Wish) => (mayDo(world, person, wish) ? undefined : refusalText(person, wish))
  const lease = { group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-system', name }
  return {
    lease: refuse({ verb: 'get', ...lease }) ?? refuse({ verb: 'update', ...lease }),
    list: refuse({ verb: 'list', resource: 'nodes' }),
  }
}

/** What stands against renewing a lease: a webhook that is to be asked about it and does not answer. */
export const leaseObjection = (world: World, namespace: string, name: string): string | undefined => {
  const object = getObject(world.kube, { kind: 'Lease', namespace, name })
  const unasked =
    object === undefined
      ? undefined
      : webhookProblem(world, { object, operation: 'UPDATE', plural: 'leases' })
  return unasked === undefined ? undefined : `Internal error occurred: ${unasked}`
}

/** Whether a component gets through to the API server and may hold its lease there, which it must be able to write. */
export const isAble = (world: World, component: Component, name: Elected): boolean => {
  const answer = answerTo(world, component)
  return (
    answer?.kind === 'answers' &&
    !answer.isReadOnly &&
    refusedTo(world, component, name).lease === undefined &&
    leaseObjection(world, 'kube-system', name) === undefined
  )
}

/** The first minor release in which leaders hold leases, and the note that they leave in endpoints before. */
const HAS_LEASES = 20
export const LEADER_NOTE = 'control-plane.alpha.kubernetes.io/leader'

/** The kind of object by which leaders are elected. */
export const lockKind = (world: World): 'Lease' | 'Endpoints' =>
  minorOf(world) < HAS_LEASES ? 'Endpoints' : 'Lease'

/** Who holds a component's lock, since when it was not renewed, and how often it has changed hands. */
export const leaseOf = (world: World, name: Elected) => {
  const lease = getObject(world.kube, { kind: lockKind(world), namespace: 'kube-system', name })
  const note = lease?.metadata.annotations?.[LEADER_NOTE]
  const told = note === undefined ? lease?.spec : JSON.parse(note)
  return {
    lease,
    holder: told?.holderIdentity as string | undefined,
    renewedMs: msOf(told?.renewTime),
    acquireTime: told?.acquireTime as string | undefined,
    transitions: (told?.leaseTransitions ?? told?.leaderTransitions) as number | undefined,
  }
}

/** Whether a component takes part in electing a leader; one that does not acts as soon as it runs. */
export const isElected = ({ program }: Pick<Component, 'program'>): boolean => {
  // k3s with a database of its own has no rival.
  if ('service' in program && program.service === 'k3s') return false
  const flags = 'command' in program ? flagsOf(program.command) : flagsInText(program.execStart)
  return !/^(f|F|0)/.test(flags['leader-elect'] ?? 'true')
}

/** The one of a component's processes that leads: by its lock, or because it asks for none. */
export const leaderOf = (world: World, name: Elected): Component | undefined => {
  const { holder } = leaseOf(world, name)
  return componentsOf(world, name).find(one => !isElected(one) || one.identity === holder)
}

/** Whether a component runs, leads and gets through to the API server: its controllers act. */
export const isActing = (world: World, name: Elected): boolean => {
  const { holder, renewedMs } = leaseOf(world, name)
  const isHeld = world.nowMs - renewedMs < LEASE_MS
  return componentsOf(world, name).some(
    component =>
      (isElected(component) ? isHeld && component.identity === holder : true) &&
      isAble(world, component, name),
  )
}
