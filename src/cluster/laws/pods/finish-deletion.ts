import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { changeStatus, removeObject } from '../../kube/store.ts'
import { containersOf, isFinished, sandboxOf } from '../../relations/pods.ts'
import { killProblem } from '../../relations/start-problem.ts'
import { quoted } from '../../text/quoted.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { endContainers, isStillEnding, runningOf } from './end-containers.ts'
import { sayVolumesReleased, TELLS_RELEASE } from './finish-pod.ts'
import { podStatusOf } from './pod-status.ts'
import { removePod } from './run-containers.ts'
import { isDue, syncFailed } from './telling.ts'

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

const sayReleased = (kubelet: Kubelet, pod: KubeObject): void => {
  if (minorOf(kubelet.world) < TELLS_RELEASE) return
  const hasFinished = isFinished(pod) && sandboxOf(kubelet.machine, uidOf(pod))?.state !== 'ready'
  if (!hasFinished) sayVolumesReleased(kubelet, pod)
  for (const { id } of containersOf(kubelet.machine, uidOf(pod)))
    kubeletSays(kubelet, 'I', { source: 'scope.go:117', text: `"RemoveContainer" containerID="${id}"` })
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
  const { world } = kubelet
  const isHeld = (pod.metadata.finalizers ?? []).length > 0
  endContainers(kubelet, pod)
  if (isHeld && !isFinished(pod)) changeStatus(world, pod, endedStatus(kubelet, pod))
  sayReleased(kubelet, pod)
  removePod(world, kubelet, uidOf(pod))
  if (!isHeld) removeObject(world, pod)
}
