import { chanceHex } from '../../chance.ts'
import { imageEnvironment } from '../../kube/image-environment.ts'
import { commandOf, fullImageName, knownImage } from '../../kube/known-images.ts'
import { initSpecs, uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { usualUse } from '../../kube/usage.ts'
import { nodeNameOf } from '../../relations/cluster-hosts.ts'
import { childrenSpan } from '../../relations/container-children.ts'
import { SHIM_BEFORE } from '../../relations/container-processes.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { hostnameOf } from '../../relations/hostname.ts'
import { findImage } from '../../relations/image-pull.ts'
import { containersPlace } from '../../relations/pod-group.ts'
import { isToolCommand } from '../../relations/start-problem.ts'
import type { Container, ContainerRuntime, Sandbox } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import { containerEnvironment } from './container-environment.ts'

const FIRST_DELAY_MS = 10_000
const LAST_DELAY_MS = 300_000
/** A container that ran this long is started again at once. */
const GOOD_RUN_MS = 600_000
const MOST_ADDRESSES = 250

const podRange = (world: World, machine: Machine): string =>
  getObject(world.kube, { kind: 'Node', name: nodeNameOf(machine) })?.spec?.podCIDR ?? world.kube.podCidr

/** The next free address of a node's pod range, after the one given last; `undefined` when none is left. */
const nextAddress = (world: World, machine: Machine): string | undefined => {
  const { runtime } = machine
  if (runtime === undefined) return undefined
  const start = podRange(world, machine).split('/')[0]?.split('.').slice(0, 3).join('.')
  const used = new Set(runtime.sandboxes.filter(s => s.state === 'ready').map(s => s.address))
  const last = runtime.timers.address ?? 2
  for (let step = 1; step <= MOST_ADDRESSES; step++) {
    const number = 2 + ((last - 2 + step) % MOST_ADDRESSES)
    const address = `${start}.${number}`
    if (used.has(address)) continue
    runtime.timers.address = number
    return address
  }
  return undefined
}

/** Ends the sandboxes of a pod: its addresses are free again. */
export const endSandbox = ({ runtime }: Machine, uid: string): void => {
  for (const sandbox of runtime?.sandboxes.filter(s => s.kubeUid === uid && s.state === 'ready') ?? [])
    Object.assign(sandbox, { state: 'not-ready', address: undefined })
}

/** Makes a pod's sandbox on a machine; `undefined` when no address is left. */
export const createSandbox = (world: World, machine: Machine, pod: KubeObject): Sandbox | undefined => {
  const { runtime } = machine
  if (runtime === undefined) return undefined
  const isHostNetwork = pod.spec?.hostNetwork === true
  const address = isHostNetwork ? mainAddressOf(machine) : nextAddress(world, machine)
  if (address === undefined) return undefined
  const uid = uidOf(pod)
  const sandbox: Sandbox = {
    id: chanceHex(world, 64),
    name: pod.metadata.name,
    namespace: pod.metadata.namespace ?? 'default',
    kubeUid: uid,
    attempt: (runtime.sandboxes.filter(s => s.kubeUid === uid).at(-1)?.attempt ?? -1) + 1,
    state: 'ready',
    createdMs: world.nowMs,
    address,
    isHostNetwork,
    groupsPlace: containersPlace(machine, pod),
    labels: {
      ...pod.metadata.labels,
      'io.kubernetes.pod.name': pod.metadata.name,
      'io.kubernetes.pod.namespace': pod.metadata.namespace ?? 'default',
      'io.kubernetes.pod.uid': uid,
    },
  }
  // Those before stay, ended, with their containers: the number of restarts goes on from there.
  endSandbox(machine, uid)
  runtime.sandboxes.push(sandbox)
  return sandbox
}

/** Takes away the sandboxes of a pod that have no containers left, all but its newest one. */
const removeEmptied = (runtime: ContainerRuntime, { kubeUid, id }: Sandbox): void => {
  const used = new Set(runtime.containers.map(({ sandboxId }) => sandboxId))
  runtime.sandboxes = runtime.sandboxes.filter(
    one => one.kubeUid !== kubeUid || one.id === id || used.has(one.id),
  )
}

/** A word of a command with its `$(NAME)`s as a kubelet fills them in: what is not known stays, `$$` keeps a dollar. */
const withVariables = (word: string, environment: Readonly<Record<string, string>>): string =>
  word.replace(/\$\$|\$\(([^()]+)\)/g, (found, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? found),
  )

/** Names a container of a pod that is to be made. */
export type ContainerOrder = {
  readonly pod: KubeObject
  readonly sandbox: Sandbox
  readonly spec: KubeValue
  readonly before: Container | undefined
}

/** How long a kubelet waits after a container's end before it starts the next: not at all after a good run. */
export const restartDelayOf = ({ startedMs, finishedMs, restartDelayMs }: Container): number =>
  startedMs !== undefined && finishedMs !== undefined && finishedMs - startedMs >= GOOD_RUN_MS
    ? 0
    : restartDelayMs

/** The wait that applies after the end of a container that is made now: none for the first, then twice the one before. */
const nextDelay = (before: Container | undefined): number =>
  before === undefined ? 0 : Math.min(Math.max(FIRST_DELAY_MS, restartDelayOf(before) * 2), LAST_DELAY_MS)

/** A pid for a container's main process that leaves room for the shim and the pause process before it, and for its children after it. */
const takePid = (machine: Machine, service: string): number => {
  const pid = machine.nextPid + SHIM_BEFORE + 1
  machine.nextPid = pid + childrenSpan(service)
  return pid
}

/** Gives a sandbox whose containers have to wait its shim and the process that holds its namespaces. */
export const holdSandbox = (machine: Machine, sandbox: Sandbox): void => {
  sandbox.firstPid ??= takePid(machine, 'busybox')
}

/** What a sandbox calls itself: by its pod, or as its node where it shares the network of that. */
const hostnameIn = (machine: Machine, { isHostNetwork, name }: Sandbox): string =>
  isHostNetwork ? hostnameOf(machine) : name

/** The user that a container is to run as, where its pod says so. */
const wantedUser = (pod: KubeObject, spec: KubeValue): Pick<Container, 'user'> => {
  const { runAsUser } = { ...pod.spec?.securityContext, ...spec.securityContext }
  return runAsUser === undefined || runAsUser === 0 ? {} : { user: String(runAsUser) }
}

/** Makes and starts a container of a pod; the one before the last is removed, as the kubelet does. */
export const startContainer = (
  world: World,
  machine: Machine,
  { pod, sandbox, spec, before }: ContainerOrder,
): Container => {
  const given = containerEnvironment(world, { pod, spec, sandbox })
  const told = commandOf(spec)
  const command = told.words.map(word => withVariables(String(word), given))
  const isTool = told.isTold && isToolCommand(spec.image, command)
  const own = knownImage(spec.image)?.service ?? 'busybox'
  const isGiven = spec.command !== undefined || spec.args !== undefined || own === 'busybox'
  const awaitsInput = spec.stdin === true && isGiven && before === undefined
  const service = isTool || awaitsInput ? 'busybox' : own
  const pid = takePid(machine, service)
  sandbox.firstPid ??= pid
  const container: Container = {
    id: chanceHex(world, 64),
    sandboxId: sandbox.id,
    name: spec.name,
    podName: pod.metadata.name,
    namespace: pod.metadata.namespace ?? 'default',
    image: fullImageName(spec.image),
    imageId: findImage(machine, spec.image)?.id ?? '',
    service,
    state: 'running',
    attempt: before === undefined ? 0 : before.attempt + 1,
    createdMs: world.nowMs,
    startedMs: world.nowMs,
    finishedMs: undefined,
    exitCode: undefined,
    reason: '',
    message: '',
    pid,
    ...usualUse(service, uidOf(pod)),
    restartDelayMs: nextDelay(before),
    command,
    environment: { ...imageEnvironment(spec.image), HOSTNAME: hostnameIn(machine, sandbox), ...given },
    ...(awaitsInput ? { awaitsInput } : service === 'busybox' ? { order: 'given' } : {}),
    ...(spec.workingDir === undefined ? {} : { folder: spec.workingDir }),
    ...(spec.targetContainerName === undefined ? {} : { targetName: spec.targetContainerName }),
    ...wantedUser(pod, spec),
    log: [],
    files: undefined,
  }
  keepContainer(machine, { pod, sandbox, spec, before }, container)
  return container
}

/** Puts a new container into its runtime. The one before stays, unless it was an init container of an earlier sandbox. */
const keepContainer = (
  { runtime }: Machine,
  { pod, sandbox, spec, before }: ContainerOrder,
  container: Container,
): void => {
  if (runtime === undefined) return
  const isInit = initSpecs(pod).includes(spec)
  const kept = isInit && before?.sandboxId !== sandbox.id ? undefined : before
  runtime.containers = [
    ...runtime.containers.filter(
      c =>
        c.name !== container.name ||
        c.namespace !== container.namespace ||
        c.podName !== container.podName ||
        c === kept,
    ),
    container,
  ]
  removeEmptied(runtime, sandbox)
}
