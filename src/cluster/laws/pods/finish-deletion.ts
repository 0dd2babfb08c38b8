import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { changeStatus, removeObject } from '../../kube/store.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { containersOf, isFinished } from '../../relations/pods.ts'
import { killProblem } from '../../relations/start-problem.ts'
import { serviceOf } from '../../services/services.ts'
import { quoted } from '../../text/quoted.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { killingLine, releaseLines } from './pod-lines.ts'
import { podStatusOf } from './pod-status.ts'
import { removePod, stopContainers } from './run-containers.ts'
import { isDue, placeOf, syncFailed } from './telling.ts'

const runningOf = ({ machine }: Kubelet, pod: KubeObject): readonly Container[] =>
  containersOf(machine, uidOf(pod)).filter(({ state }) => state === 'running')

const killFailure = (kubelet: Kubelet, pod: KubeObject): string | undefined => {
  const running = runningOf(kubelet, pod)[0]
  const problem = running === undefined ? undefined : killProblem(kubelet.machine, running.id)
  return running === undefined || problem === undefined
    ? undefined
    : `failed to "KillContainer" for "${running.name}" with KillContainerError: "rpc error: code = Unknown desc = ${quoted(problem)}"`
}

const KILL_RETRY_MS = 13_000

const killFailed = (kubelet: Kubelet, pod: KubeObject, problem: string): void => {
  if (!isDue(kubelet, `kill/${uidOf(pod)}`, KILL_RETRY_MS)) return
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'FailedKillPod',
    message: `error killing pod: ${problem}`,
  })
  syncFailed(kubelet, pod, problem)
}

/** How long what obeys its signal takes to end. */
const OBEYS_MS = 1_000

const hookMs = (pod: KubeObject, { name }: Container): number => {
  const spec = pod.spec?.containers?.find((one: KubeValue) => one.name === name)
  const { exec, sleep } = spec?.lifecycle?.preStop ?? {}
  const seconds = sleep?.seconds ?? /\bsleep\s+(\d+)/.exec((exec?.command ?? []).join(' '))?.[1] ?? 0
  return Number(seconds) * 1000
}

/** How long a container goes on after it is told to end: a shell or a tool that is the first process hears no signal. */
const endsAfterMs = (pod: KubeObject, container: Container, graceMs: number): number => {
  const isDeaf = container.service === 'busybox' && serviceOf(container.service).farewell === undefined
  return Math.min(graceMs, hookMs(pod, container) + (isDeaf ? graceMs : OBEYS_MS))
}

const graceOf = ({ metadata }: KubeObject): number => Number(metadata.deletionGracePeriodSeconds ?? 30)

/** The first release that logs in this way which volumes it lets go. */
const TELLS_RELEASE = 24

const sayReleased = (kubelet: Kubelet, pod: KubeObject): void => {
  if (minorOf(kubelet.world) < TELLS_RELEASE) return
  for (const line of releaseLines(pod, kubelet.nodeName)) kubeletSays(kubelet, 'I', line)
  for (const { id } of containersOf(kubelet.machine, uidOf(pod)))
    kubeletSays(kubelet, 'I', { source: 'scope.go:117', text: `"RemoveContainer" containerID="${id}"` })
}

/** Whether the containers of a pod still take their time to end, which begins when they are first told to. */
const isStillEnding = (kubelet: Kubelet, pod: KubeObject): boolean => {
  const { world, machine } = kubelet
  const running = runningOf(kubelet, pod)
  if (running.length === 0) return false
  const timers = machine.runtime?.timers ?? {}
  const key = `ending/${uidOf(pod)}`
  if (timers[key] === undefined) {
    timers[key] = world.nowMs
    for (const { name, id } of running) {
      kubeletReports(kubelet, pod, {
        type: 'Normal',
        reason: 'Killing',
        message: `Stopping container ${name}`,
        ...placeOf({ name }),
      })
      const scheme = machine.runtime?.kind ?? 'containerd'
      kubeletSays(kubelet, 'I', killingLine(pod, { name, id }, { scheme, graceS: graceOf(pod) }))
    }
  }
  const graceMs = graceOf(pod) * 1000
  const endsMs = (timers[key] ?? 0) + Math.max(...running.map(one => endsAfterMs(pod, one, graceMs)))
  awaitTime(world, endsMs)
  return world.nowMs < endsMs
}

/** The status of a pod whose containers have all been ended and that somebody keeps from going. */
const endedStatus = (kubelet: Kubelet, pod: KubeObject): KubeValue => {
  const status = podStatusOf(kubelet, pod)
  const codes: readonly number[] = status.containerStatuses.map(
    ({ state }: KubeValue) => state.terminated?.exitCode ?? 0,
  )
  return { ...status, phase: codes.every(code => code === 0) ? 'Succeeded' : 'Failed' }
}

/** Ends a pod that the API server wants gone, and takes its object away unless a finalizer holds it. */
export const finishDeletion = (kubelet: Kubelet, pod: KubeObject): void => {
  const problem = killFailure(kubelet, pod)
  if (problem !== undefined) {
    killFailed(kubelet, pod, problem)
    return
  }
  if (isStillEnding(kubelet, pod)) return
  const { world, machine } = kubelet
  const isHeld = (pod.metadata.finalizers ?? []).length > 0
  const isDeaf = runningOf(kubelet, pod).some(({ service }) => service === 'busybox')
  stopContainers(world, kubelet, { uid: uidOf(pod), ...(isDeaf ? { exitCode: 137 } : {}) })
  if (isHeld && !isFinished(pod)) changeStatus(world, pod, endedStatus(kubelet, pod))
  sayReleased(kubelet, pod)
  removePod(world, kubelet, uidOf(pod))
  delete machine.runtime?.timers[`ending/${uidOf(pod)}`]
  if (!isHeld) removeObject(world, pod)
}
