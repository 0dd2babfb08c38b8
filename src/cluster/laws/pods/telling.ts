import { goContainer } from '../../kube/go-container.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { containerSpecs, fullNameOf, hashOf, initSpecs, specNamed } from '../../kube/pod.ts'
import { quoted } from '../../text/quoted.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'

/** Whether a timer of the kubelet is due; one that is due is set to its next time. */
export const isDue = ({ world, machine }: Kubelet, key: string, afterMs: number): boolean => {
  const timers = machine.runtime?.timers ?? {}
  if (world.nowMs < (timers[key] ?? 0)) return false
  timers[key] = world.nowMs + afterMs
  return true
}

/** A kubelet comes back to a pod that it could not bring up after this time, and up to half of it more. */
const BACK_OFF_MS = 10_000
/** Of a long step only the last of it is told. */
const CATCH_UP_MS = 60_000

/** The state of a container whose image is not asked for yet again. */
export const BACK_OFF = 'ImagePullBackOff'

/** When something that repeats was to be told since it was last told, now included. */
export const timesToTell = ({ world, machine }: Kubelet, key: string): readonly number[] => {
  const timers = machine.runtime?.timers ?? {}
  const { nowMs } = world
  const times: number[] = []
  let nextMs = timers[key] ?? nowMs
  if (nextMs < nowMs - CATCH_UP_MS) nextMs = nowMs
  while (nextMs <= nowMs) {
    times.push(nextMs)
    nextMs += BACK_OFF_MS * (1 + Number.parseInt(hashOf(`${key} ${nextMs}`, 2), 16) / 512)
  }
  timers[key] = Math.round(nextMs)
  return times
}

/** Which part of a pod an event about a container tells of. */
export const placeOf = ({ name }: { readonly name: string }): { readonly fieldPath: string } => ({
  fieldPath: `spec.containers{${name}}`,
})

/** What the kubelet says when it could not bring a pod to what it should be. */
export const syncFailedThen = (
  kubelet: Kubelet,
  pod: KubeObject,
  { text, atMs }: { readonly text: string; readonly atMs: number },
): void =>
  kubeletSays(kubelet, 'E', {
    atMs,
    source: 'pod_workers.go:1300',
    text: `"Error syncing pod, skipping" err=${JSON.stringify(text)} pod="${pod.metadata.namespace}/${pod.metadata.name}" podUID="${fullNameOf(pod).replace(/^.*\(|\)$/g, '')}"`,
  })

/** What the kubelet says each time that it cannot bring a pod to what it should be. */
export const syncFailed = (kubelet: Kubelet, pod: KubeObject, text: string): void =>
  syncFailedThen(kubelet, pod, { text, atMs: kubelet.world.nowMs })

/** The first release that logs in this way which pods it takes on, and each step that fails. */
const TELLS_STEPS = 24

/** Whether a kubelet is of a release that logs the steps of bringing a pod up. */
export const tellsSteps = ({ world }: Kubelet): boolean => minorOf(world) >= TELLS_STEPS

/** What a kubelet calls a container of a pod, by the list that it stands in. */
const typeOf = (pod: KubeObject, spec: KubeValue): string => {
  if (initSpecs(pod).includes(spec)) return 'init container'
  return containerSpecs(pod).includes(spec) ? 'container' : 'ephemeral container'
}

/** What the kubelet logs of a container that it tried to start. */
const triedToStart = (
  kubelet: Kubelet,
  pod: KubeObject,
  { name, why, atMs }: { readonly name: string; readonly why: string; readonly atMs: number },
): void => {
  const spec = specNamed(pod, name)
  const type = typeOf(pod, spec)
  const line = tellsSteps(kubelet)
    ? {
        source: 'kuberuntime_manager.go:1256',
        text: `${type} ${goContainer(spec)} start failed in pod ${fullNameOf(pod)}: ${why}`,
      }
    : { source: 'kuberuntime_manager.go:803', text: `${type} start failed: ${why}` }
  kubeletSays(kubelet, 'E', { atMs, ...line })
}

/** Tells why a container was not started: `kind` as the kubelet names it, and what its event says of it. */
export const startFailed = (
  kubelet: Kubelet,
  pod: KubeObject,
  failure: {
    readonly name: string
    readonly kind: string
    readonly error: string
    readonly says?: string
    readonly atMs?: number
  },
): void => {
  const { name, kind, error, says = error, atMs = kubelet.world.nowMs } = failure
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'Failed',
    message: `Error: ${says}`,
    atMs,
    ...placeOf({ name }),
  })
  if (kind !== BACK_OFF) triedToStart(kubelet, pod, { name, why: `${kind}: ${error}`, atMs })
  const text = `failed to "StartContainer" for "${name}" with ${kind}: "${quoted(error)}"`
  syncFailedThen(kubelet, pod, { text, atMs })
}
