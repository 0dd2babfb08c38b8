import { fullNameOf, hashOf, uidOf } from '../../kube/pod.ts'
import { cniConfigOf, cniNotReady } from '../../relations/cni.ts'
import { containersOf, sandboxOf } from '../../relations/pods.ts'
import { isRuntimeUp } from '../../relations/runtime-problem.ts'
import { noAddressText, sandboxProblem } from '../../relations/sandbox-problem.ts'
import { quoted } from '../../text/quoted.ts'
import type { Sandbox } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { createSandbox, holdSandbox } from './create-parts.ts'
import { forgetMounts, mountFailed, waitsToMount } from './mount-failed.ts'
import { hasPodGroup } from './pod-groups.ts'
import { admissionKey, admissionLines } from './pod-lines.ts'
import { runtimeSays } from './runtime-says.ts'
import { sandboxMetadata } from './runtime-texts.ts'
import { startPod } from './start-pod.ts'
import { forgetTaken, hasTaken, isSandboxNew } from './taken.ts'
import { isDue, syncFailed, tellsSteps } from './telling.ts'
import { mountProblem, refreshConfigs, refreshInTurn } from './volumes.ts'

const SANDBOX_RETRY_MS = 13_000
const metadataOf = (pod: KubeObject, attempt: number): string =>
  sandboxMetadata({
    name: pod.metadata.name,
    kubeUid: uidOf(pod),
    namespace: pod.metadata.namespace ?? 'default',
    attempt,
  })

/** Tells that a pod gets another sandbox, before it is tried: it has had one. */
const sayChanged = (kubelet: Kubelet, pod: KubeObject): void => {
  if (sandboxOf(kubelet.machine, uidOf(pod)) === undefined) return
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'SandboxChanged',
    message: 'Pod sandbox changed, it will be killed and re-created.',
  })
}

const sandboxFailed = (kubelet: Kubelet, pod: KubeObject, text: string): void => {
  if (!isDue(kubelet, `sandbox/${uidOf(pod)}`, SANDBOX_RETRY_MS)) return
  sayChanged(kubelet, pod)
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'FailedCreatePodSandBox',
    message: `Failed to create pod sandbox: ${text}`,
  })
  const error = text.replace(/^rpc error: code = \w+ desc = /, '')
  runtimeSays(kubelet, 'error', {
    text: `RunPodSandbox for ${metadataOf(pod, 0)} failed, error`,
    more: `error="${quoted(error)}"`,
  })
  kubeletSays(kubelet, 'E', {
    source: 'remote_runtime.go:193',
    text: `"RunPodSandbox from runtime service failed" err="${quoted(text)}"`,
  })
  if (tellsSteps(kubelet)) {
    const of = `err="${quoted(text)}" pod="${pod.metadata.namespace}/${pod.metadata.name}"`
    kubeletSays(kubelet, 'E', {
      source: 'kuberuntime_sandbox.go:72',
      text: `"Failed to create sandbox for pod" ${of}`,
    })
    kubeletSays(kubelet, 'E', {
      source: 'kuberuntime_manager.go:1172',
      text: `"CreatePodSandbox for pod failed" ${of}`,
    })
  }
  syncFailed(
    kubelet,
    pod,
    `failed to "CreatePodSandbox" for "${fullNameOf(pod)}" with CreatePodSandboxError: "Failed to create sandbox for pod \\"${fullNameOf(pod)}\\": ${quoted(text)}"`,
  )
}

const networkNotReady = (kubelet: Kubelet, pod: KubeObject): void => {
  if (!isDue(kubelet, `network/${uidOf(pod)}`, SANDBOX_RETRY_MS / 6)) return
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'NetworkNotReady',
    message: `network is not ready: ${cniNotReady}`,
  })
  syncFailed(kubelet, pod, `network is not ready: ${cniNotReady}`)
}

/** Tells of a pod that a kubelet takes on: a new one, and each one after its own start. */
const sayAdmitted = (kubelet: Kubelet, pod: KubeObject, sandbox: Sandbox | undefined): void => {
  const timers = kubelet.machine.runtime?.timers ?? {}
  const key = admissionKey(uidOf(pod))
  const startedMs = kubelet.unit.startedMs ?? 0
  if (timers[key] === startedMs) return
  const isNews = timers[key] !== undefined || sandbox === undefined
  timers[key] = startedMs
  if (!isNews || !tellsSteps(kubelet)) return
  for (const line of admissionLines(pod)) kubeletSays(kubelet, 'I', line)
}

/** How long a kubelet takes to mount a pod's volumes, and its runtime to make a sandbox: up to twice that. */
const MOUNTS_MS = 220
const MAKES_SANDBOX_MS = 330

const spread = (ms: number, uid: string): number =>
  Math.round(ms * (1 + Number.parseInt(hashOf(`share ${uid}`, 3), 16) / 4096))

/** Whether a pod whose sandbox has ended gets no other: its containers have run, and are not to run again. */
const isOver = (machine: Machine, pod: KubeObject): boolean =>
  pod.spec?.restartPolicy === 'Never' && containersOf(machine, uidOf(pod)).length > 0

/** Brings one pod's sandbox and containers on a machine to what its object says. */
export const syncPod = (kubelet: Kubelet, pod: KubeObject) => {
  const { world, machine } = kubelet
  if (!isRuntimeUp(machine)) return
  const uid = uidOf(pod)
  const ready = sandboxOf(machine, uid)
  sayAdmitted(kubelet, pod, ready)
  if (!hasPodGroup(kubelet, pod)) return
  if (ready?.state === 'ready') {
    refreshInTurn(kubelet, pod, ready)
    if (containersOf(machine, uid).length > 0 || mountProblem(world, machine, pod) === undefined)
      startPod(kubelet, pod, ready)
    return
  }
  if (isOver(machine, pod)) return
  const unmounted = mountProblem(world, machine, pod)
  if (unmounted !== undefined) return mountFailed(kubelet, pod, unmounted)
  if (waitsToMount(kubelet, pod)) return
  forgetMounts(kubelet, pod)
  if (pod.spec?.hostNetwork !== true && cniConfigOf(machine) === undefined)
    return networkNotReady(kubelet, pod)
  const mountsMs = spread(MOUNTS_MS, uid)
  if (!hasTaken(kubelet, uid, mountsMs)) return
  const problem = sandboxProblem(world, machine, pod)
  if (problem !== undefined) return sandboxFailed(kubelet, pod, problem)
  const attempt = ready === undefined ? 0 : ready.attempt + 1
  if (isSandboxNew(kubelet, uid))
    runtimeSays(kubelet, 'info', { text: `RunPodSandbox for ${metadataOf(pod, attempt)}` })
  if (!hasTaken(kubelet, uid, mountsMs + spread(MAKES_SANDBOX_MS, uid))) return
  forgetTaken(kubelet, uid)
  sayChanged(kubelet, pod)
  const made = createSandbox(world, machine, pod)
  if (made === undefined) return sandboxFailed(kubelet, pod, noAddressText(machine, pod))
  runtimeSays(kubelet, 'info', {
    text: `RunPodSandbox for ${metadataOf(pod, made.attempt)} returns sandbox id "${made.id}"`,
  })
  refreshConfigs(world, pod, made)
  startPod(kubelet, pod, made)
  holdSandbox(machine, made)
}
