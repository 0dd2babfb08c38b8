import { containerSpecs, ephemeralSpecs, initSpecs, uidOf } from '../../kube/pod.ts'
import { qosOf } from '../../kube/quality-class.ts'
import { isoOf } from '../../kube/times.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { shownThenMs } from '../../relations/clock.ts'
import { mainAddressOf } from '../../relations/find-machine.ts'
import { byDigest } from '../../relations/image-names.ts'
import { imageRefusal } from '../../relations/image-pull.ts'
import { containersOf, sandboxOf } from '../../relations/pods.ts'
import { seenMs } from '../../relations/probe-times.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Kubelet } from '../kubelet.ts'
import { configProblem } from './config-problem.ts'
import { hasStarted, isReady } from './probe-pods.ts'
import { pullKeyOf } from './pull-way.ts'
import { backOffText, isBackingOff, wantsRestart } from './start-pod.ts'

const scheme = ({ machine }: Kubelet): string => `${machine.runtime?.kind ?? 'containerd'}://`

/** A time as a kubelet writes it: by its machine's clock as that was then. */
const dated = ({ machine }: Kubelet, trueMs: number): string => isoOf(shownThenMs(machine, trueMs))

/** By what an image was pulled: its name without the tag, and its digest. */
const pulledAs = ({ machine }: Kubelet, { image, imageId }: Container): string =>
  `${machine.runtime?.kind === 'docker' ? 'docker-pullable://' : ''}${byDigest(image, imageId)}`

const terminated = (kubelet: Kubelet, container: Container): KubeValue => ({
  containerID: `${scheme(kubelet)}${container.id}`,
  exitCode: container.exitCode ?? 0,
  finishedAt: dated(kubelet, container.finishedMs ?? 0),
  reason: container.reason,
  startedAt: dated(kubelet, container.startedMs ?? 0),
  ...(container.message === '' ? {} : { message: container.message }),
})

const waitingOn = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): KubeValue => {
  const pull = kubelet.machine.runtime?.pulls[pullKeyOf(pod, spec.image)]
  if (sandboxOf(kubelet.machine, uidOf(pod)) === undefined) return { reason: 'ContainerCreating' }
  const waitsForInit = initSpecs(pod).some(init => {
    if (init === spec) return false
    const last = containersOf(kubelet.machine, uidOf(pod), init.name).at(-1)
    return last?.state !== 'exited' || last.exitCode !== 0
  })
  if (waitsForInit && containerSpecs(pod).includes(spec)) return { reason: 'PodInitializing' }
  const refusal = imageRefusal(kubelet.machine, spec)
  if (refusal !== undefined) return { message: refusal.message, reason: refusal.kind }
  if (pull !== undefined)
    return kubelet.world.nowMs - pull.atMs < 1000
      ? { message: pull.error, reason: 'ErrImagePull' }
      : { message: `Back-off pulling image "${spec.image}"`, reason: 'ImagePullBackOff' }
  const problem = configProblem(kubelet, pod, spec)
  if (problem !== undefined) return { message: problem, reason: 'CreateContainerConfigError' }
  return { reason: waitsForInit ? 'PodInitializing' : 'ContainerCreating' }
}

const crashLoop = (pod: KubeObject, container: Container): KubeValue => ({
  message: backOffText(pod, container),
  reason: 'CrashLoopBackOff',
})

/** A container looks merely ended for a moment before the kubelet says that it backs off. */
const SHOWN_ENDED_MS = 3_000

const stateOf = (kubelet: Kubelet, pod: KubeObject, container: Container): KubeValue => {
  if (container.state === 'running')
    return { running: { startedAt: dated(kubelet, container.startedMs ?? 0) } }
  const { nowMs } = kubelet.world
  const isShown = nowMs - (container.finishedMs ?? 0) < SHOWN_ENDED_MS
  if (!isShown && wantsRestart(pod, container) && isBackingOff(nowMs, container))
    return { waiting: crashLoop(pod, container) }
  if (container.startedMs === undefined && wantsRestart(pod, container))
    return { waiting: { message: container.message, reason: 'RunContainerError' } }
  return { terminated: terminated(kubelet, container) }
}

/** What was told of a container last, for as long as its kubelet has not seen that it runs anew. */
const toldBefore = ({ world }: Kubelet, pod: KubeObject, container: Container): KubeValue | undefined => {
  if (container.state !== 'running' || world.nowMs >= seenMs(container)) return undefined
  awaitTime(world, seenMs(container))
  return pod.status?.containerStatuses?.find(({ name }: KubeValue) => name === container.name)
}

const containerStatus = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): KubeValue => {
  const all = containersOf(kubelet.machine, uidOf(pod), spec.name)
  const last = all.at(-1)
  const image = { image: spec.image, name: spec.name }
  if (last === undefined)
    return {
      ...image,
      imageID: '',
      lastState: {},
      ready: false,
      restartCount: 0,
      started: false,
      state: { waiting: waitingOn(kubelet, pod, spec) },
    }
  const told = toldBefore(kubelet, pod, last)
  if (told !== undefined) return told
  const state = stateOf(kubelet, pod, last)
  const before = state.waiting === undefined ? all.at(-2) : last
  const isRunning = last.state === 'running'
  const isInit = initSpecs(pod).includes(spec)
  const { world } = kubelet
  return {
    containerID: `${scheme(kubelet)}${last.id}`,
    image: last.image,
    imageID: last.imageId.startsWith('sha256') ? pulledAs(kubelet, last) : last.imageId,
    lastState:
      before === undefined || (before === last && isRunning)
        ? {}
        : { terminated: terminated(kubelet, before) },
    name: spec.name,
    ready: isInit
      ? last.exitCode === 0
      : isRunning && isReady({ ...kubelet, world }, { pod, spec, container: last }),
    restartCount: last.attempt,
    started: isRunning && hasStarted({ ...kubelet, world }, { pod, spec, container: last }),
    state,
  }
}

/** The status of a container that was added to a pod, which is never ready. */
const addedStatus = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): KubeValue => {
  const { started: _started, ...status } = containerStatus(kubelet, pod, spec)
  return { ...status, ready: false }
}

const phaseOf = (pod: KubeObject, statuses: readonly KubeValue[], inits: readonly KubeValue[]): string => {
  if (inits.some(s => s.state.terminated === undefined || s.state.terminated.exitCode !== 0)) {
    const failed = inits.some(s => (s.state.terminated?.exitCode ?? 0) !== 0)
    return failed && pod.spec?.restartPolicy === 'Never' ? 'Failed' : 'Pending'
  }
  const policy = pod.spec?.restartPolicy ?? 'Always'
  const isAllEnded = statuses.every(s => s.state.terminated !== undefined)
  if (isAllEnded && policy !== 'Always') {
    if (statuses.every(s => s.state.terminated.exitCode === 0)) return 'Succeeded'
    if (policy === 'Never') return 'Failed'
  }
  return statuses.some(s => s.state.running || s.state.terminated || s.lastState.terminated)
    ? 'Running'
    : 'Pending'
}

type Condition = { type: string; status: string; lastTransitionTime: string }

/** A condition that keeps the time of its last change. */
const condition = (kubelet: Kubelet, before: readonly Condition[], wanted: KubeValue): KubeValue => {
  const known = before.find(c => c.type === wanted.type)
  const lastTransitionTime =
    known?.status === wanted.status ? known?.lastTransitionTime : dated(kubelet, kubelet.world.nowMs)
  return { lastProbeTime: null, lastTransitionTime, ...wanted }
}

/** The conditions that a kubelet tells of; those of others it leaves as they are. */
const ofKubelet = new Set(['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'])

const conditionsOf = (
  kubelet: Kubelet,
  pod: KubeObject,
  { statuses, inits, phase }: { statuses: readonly KubeValue[]; inits: readonly KubeValue[]; phase: string },
): readonly KubeValue[] => {
  const before: readonly Condition[] = pod.status?.conditions ?? []
  const unready = statuses.filter(s => !s.ready).map(s => s.name)
  const done = phase === 'Succeeded'
  const notReady = done
    ? { reason: 'PodCompleted' }
    : { message: `containers with unready status: [${unready.join(' ')}]`, reason: 'ContainersNotReady' }
  const flag = (type: string, isTrue: boolean, why: KubeValue): KubeValue =>
    condition(kubelet, before, { ...(isTrue ? {} : why), status: isTrue ? 'True' : 'False', type })
  const isReadyNow = unready.length === 0 && phase === 'Running'
  const openInits = inits.filter(s => !s.ready).map(s => s.name)
  return [
    ...before.filter(({ type }) => !ofKubelet.has(type)),
    flag('Initialized', openInits.length === 0, {
      message: `containers with incomplete status: [${openInits.join(' ')}]`,
      reason: 'ContainersNotInitialized',
    }),
    flag('Ready', isReadyNow, notReady),
    flag('ContainersReady', isReadyNow, notReady),
    flag('PodScheduled', true, {}),
  ]
}

/** The status of a pod as its kubelet sees it in the runtime now. */
export const podStatusOf = (kubelet: Kubelet, pod: KubeObject): KubeValue => {
  const { machine, host } = kubelet
  const statuses = containerSpecs(pod).map(spec => containerStatus(kubelet, pod, spec))
  const inits = initSpecs(pod).map(spec => containerStatus(kubelet, pod, spec))
  const added = ephemeralSpecs(pod).map(spec => addedStatus(kubelet, pod, spec))
  const phase = phaseOf(pod, statuses, inits)
  const podIP = sandboxOf(machine, uidOf(pod))?.address
  return {
    conditions: conditionsOf(kubelet, pod, { statuses, inits, phase }),
    containerStatuses: statuses,
    ...(added.length === 0 ? {} : { ephemeralContainerStatuses: added }),
    hostIP: mainAddressOf(host),
    ...(inits.length === 0 ? {} : { initContainerStatuses: inits }),
    phase,
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    qosClass: qosOf(pod),
    startTime: pod.status?.startTime ?? dated(kubelet, kubelet.world.nowMs),
  }
}
