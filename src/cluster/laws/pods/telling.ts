import { fullNameOf } from '../../kube/pod.ts'
import { quoted } from '../../text/quoted.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'

/** Whether a timer of the kubelet is due; one that is due is set to its next time. */
export const isDue = ({ world, machine }: Kubelet, key: string, afterMs: number): boolean => {
  const timers = machine.runtime?.timers ?? {}
  if (world.nowMs < (timers[key] ?? 0)) return false
  timers[key] = world.nowMs + afterMs
  return true
}

const TELL_MS = 12_000

/** Whether something that repeats may be told again. */
export const isTimeToTell = (kubelet: Kubelet, key: string): boolean => isDue(kubelet, key, TELL_MS)

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

/** Tells why a container was not started: `kind` as the kubelet names it, and what its event says of it. */
export const startFailed = (
  kubelet: Kubelet,
  pod: KubeObject,
  failure: {
    readonly name: string
    readonly kind: string
    readonly error: string
    readonly says?: string
  },
): void => {
  const { name, kind, error, says = error } = failure
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'Failed',
    message: `Error: ${says}`,
    ...placeOf({ name }),
  })
  syncFailed(kubelet, pod, `failed to "StartContainer" for "${name}" with ${kind}: "${quoted(error)}"`)
}
