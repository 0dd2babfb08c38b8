import { allSpecs, containerSpecs, ephemeralSpecs, fullNameOf, initSpecs, uidOf } from '../../kube/pod.ts'
import { listObjects, removeObject } from '../../kube/store.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { containersOf } from '../../relations/pods.ts'
import { lackText, startProblem } from '../../relations/start-problem.ts'
import type { Container, Sandbox } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { type Kubelet, kubeletReports, kubelets } from '../kubelet.ts'
import { configProblem } from './config-problem.ts'
import { restartDelayOf, startContainer } from './create-parts.ts'
import { ensureImage } from './ensure-image.ts'
import { probeContainer } from './probe-pods.ts'
import { runtimeSays } from './runtime-says.ts'
import { containerMetadata } from './runtime-texts.ts'
import { placeOf, startFailed, syncFailedThen, timesToTell } from './telling.ts'

/** What a kubelet says of a container that it will start again only after a while. */
export const backOffText = (pod: KubeObject, before: Container): string => {
  const seconds = restartDelayOf(before) / 1000
  const span = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
  return `back-off ${span} restarting failed container=${before.name} pod=${fullNameOf(pod)}`
}

const backOff = (kubelet: Kubelet, pod: KubeObject, before: Container): void => {
  const message = `Back-off restarting failed container ${before.name} in pod ${fullNameOf(pod)}`
  const text = `failed to "StartContainer" for "${before.name}" with CrashLoopBackOff: "${backOffText(pod, before)}"`
  for (const atMs of timesToTell(kubelet, `back-off-told/${uidOf(pod)}/${before.name}`)) {
    kubeletReports(kubelet, pod, { type: 'Warning', reason: 'BackOff', message, atMs, ...placeOf(before) })
    syncFailedThen(kubelet, pod, { text, atMs })
  }
}

/** Whether a container that has ended is to run again: one that was only added to its pod never. */
export const wantsRestart = (pod: KubeObject, before: Container): boolean => {
  if (ephemeralSpecs(pod).some(({ name }) => name === before.name)) return false
  const policy = pod.spec?.restartPolicy ?? 'Always'
  return policy === 'Always' || (policy === 'OnFailure' && before.exitCode !== 0)
}

/** Whether a container waits out its back-off. */
export const isBackingOff = (nowMs: number, container: Container): boolean =>
  container.state === 'exited' && nowMs < (container.finishedMs ?? 0) + restartDelayOf(container)

/** A container that its runtime could make and not start: it has ended before it began. */
const notStarted = (
  kubelet: Kubelet,
  pod: KubeObject,
  {
    spec,
    container,
    failure,
  }: { readonly spec: KubeValue; readonly container: Container; readonly failure: string },
): void => {
  const isDocker = kubelet.machine.runtime?.kind === 'docker'
  Object.assign(container, {
    state: 'exited',
    startedMs: undefined,
    finishedMs: kubelet.world.nowMs,
    exitCode: isDocker ? 127 : 128,
    reason: isDocker ? 'ContainerCannotRun' : 'StartError',
    message: failure,
  })
  const error = isDocker ? `failed to start container "${spec.name}": ${failure}` : failure
  startFailed(kubelet, pod, { name: spec.name, kind: 'RunContainerError', error })
}

const startOne = (
  kubelet: Kubelet,
  pod: KubeObject,
  { sandbox, spec }: { readonly sandbox: Sandbox; readonly spec: KubeValue },
) => {
  const { world, machine } = kubelet
  const before = containersOf(machine, uidOf(pod), spec.name).at(-1)
  if (before?.state === 'running') return probeContainer(kubelet, { pod, spec, container: before })
  const isDoneAgain = initSpecs(pod).includes(spec) && before?.sandboxId !== sandbox.id
  if (before !== undefined && !isDoneAgain && !wantsRestart(pod, before)) return undefined
  if (before !== undefined && isBackingOff(world.nowMs, before)) {
    awaitTime(world, (before.finishedMs ?? 0) + restartDelayOf(before))
    return backOff(kubelet, pod, before)
  }
  const problem = configProblem(kubelet, pod, spec)
  if (problem !== undefined && timesToTell(kubelet, `config-told/${uidOf(pod)}/${spec.name}`).length === 0)
    return undefined
  if (!ensureImage(kubelet, pod, spec)) return undefined
  if (problem !== undefined) {
    const kind = 'CreateContainerConfigError'
    return startFailed(kubelet, pod, { name: spec.name, kind, error: problem })
  }
  const container = startContainer(world, machine, { pod, sandbox, spec, before })
  const tell = (reason: 'Created' | 'Started'): void =>
    kubeletReports(kubelet, pod, {
      type: 'Normal',
      reason,
      message: `${reason} container ${spec.name}`,
      ...placeOf(spec),
    })
  tell('Created')
  const metadata = containerMetadata(container)
  runtimeSays(kubelet, 'info', {
    text: `CreateContainer within sandbox "${sandbox.id}" for container ${metadata}`,
  })
  runtimeSays(kubelet, 'info', {
    text: `CreateContainer within sandbox "${sandbox.id}" for ${metadata} returns container id "${container.id}"`,
  })
  runtimeSays(kubelet, 'info', { text: `StartContainer for "${container.id}"` })
  const failure = startProblem(machine, { spec, container })
  if (failure !== undefined) return notStarted(kubelet, pod, { spec, container, failure })
  runtimeSays(kubelet, 'info', { text: `StartContainer for "${container.id}" returns successfully` })
  return tell('Started')
}

/** Has a container that somebody attached to fail to start after all: the program that it was to run is not there. */
export const lackProgram = (
  world: World,
  pod: KubeObject,
  { name, word }: { readonly name: string; readonly word: string },
): void => {
  const kubelet = kubelets(world).find(({ nodeName }) => nodeName === pod.spec?.nodeName)
  const spec = allSpecs(pod).find(one => one.name === name)
  const container = kubelet && containersOf(kubelet.machine, uidOf(pod), name).at(-1)
  if (kubelet === undefined || container === undefined) return
  for (const event of listObjects(world.kube, 'Event', pod.metadata.namespace))
    if (
      event.involvedObject?.uid === uidOf(pod) &&
      event.reason === 'Started' &&
      event.involvedObject?.fieldPath?.endsWith(`{${name}}`)
    )
      removeObject(world, event)
  notStarted(kubelet, pod, { spec, container, failure: lackText(kubelet.machine, word) })
}

/** Starts what a pod lacks in its sandbox: what was added to it, its init containers one after another, in each sandbox anew, then all others; probes those that run. */
export const startPod = (kubelet: Kubelet, pod: KubeObject, sandbox: Sandbox): void => {
  for (const spec of ephemeralSpecs(pod))
    if (containersOf(kubelet.machine, uidOf(pod), spec.name).length === 0)
      startOne(kubelet, pod, { sandbox, spec })
  for (const spec of initSpecs(pod)) {
    const last = containersOf(kubelet.machine, uidOf(pod), spec.name).at(-1)
    if (last?.state === 'exited' && last.exitCode === 0 && last.sandboxId === sandbox.id) continue
    startOne(kubelet, pod, { sandbox, spec })
    return
  }
  for (const spec of containerSpecs(pod)) startOne(kubelet, pod, { sandbox, spec })
}
