import { minorOf } from '../../kube/minor-version.ts'
import { fullNameOf, uidOf } from '../../kube/pod.ts'
import { awaitTime } from '../../relations/await-time.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { sayMountFailed } from './mount-lines.ts'
import { syncFailedThen } from './telling.ts'

const FIRST_WAIT_MS = 500
const LAST_WAIT_MS = 122_000
/** How often the kubelet looks which volumes are to be mounted. */
const LOOK_MS = 100
/** How long a pod waits for its volumes, and when it begins to wait again after that. */
const POD_WAITS_MS = 123_000
const POD_RESTS_MS = 12_000

type Unmounted = { readonly volume: string; readonly text: string }

const keysOf = (pod: KubeObject) => {
  const uid = uidOf(pod)
  return {
    due: `mount/${uid}`,
    wait: `mount-wait/${uid}`,
    sync: `mount-sync/${uid}`,
    by: `mount-by/${uid}`,
  }
}

/** Forgets that volumes of a pod could not be mounted. */
export const forgetMounts = ({ machine }: Pick<Kubelet, 'machine'>, pod: KubeObject): void => {
  const timers = machine.runtime?.timers ?? {}
  for (const key of Object.values(keysOf(pod))) delete timers[key]
}

/** Whether a volume of a pod could not be mounted a while ago, and this kubelet does not try it again yet. */
export const waitsToMount = ({ world, machine, unit }: Kubelet, pod: KubeObject): boolean => {
  const timers = machine.runtime?.timers ?? {}
  const { due, by } = keysOf(pod)
  const dueMs = timers[due]
  if (dueMs === undefined || timers[by] !== (unit.startedMs ?? 0)) return false
  awaitTime(world, dueMs)
  return world.nowMs < dueMs
}

const tryFailed = (
  kubelet: Kubelet,
  pod: KubeObject,
  failure: { readonly atMs: number; readonly waitMs: number; readonly unmounted: Unmounted },
): void => {
  const { atMs, waitMs, unmounted } = failure
  const message = `MountVolume.SetUp failed for volume "${unmounted.volume}" : ${unmounted.text}`
  kubeletReports(kubelet, pod, { type: 'Warning', reason: 'FailedMount', message, atMs })
  sayMountFailed(kubelet, pod, { atMs, volume: unmounted.volume, message, waitMs })
}

/** The first release that keeps the end of this wait from the events. */
const FIRST_SILENT = 27

type Ended = { readonly atMs: number; readonly volume: string }

/** What a pod's wait in vain for its volumes is called; before the silent releases an event tells of it too. */
const endText = (kubelet: Kubelet, pod: KubeObject, { atMs, volume }: Ended): string => {
  if (minorOf(kubelet.world) >= FIRST_SILENT)
    return `unmounted volumes=[${volume}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`
  const all = (pod.spec?.volumes ?? []).map(({ name }: KubeValue) => name).join(' ')
  const text = `timeout expired waiting for volumes to attach or mount for pod "${pod.metadata.namespace}"/"${pod.metadata.name}". list of unmounted volumes=[${volume}]. list of unattached volumes=[${all}]`
  const message = `Unable to mount volumes for pod "${fullNameOf(pod)}": ${text}`
  kubeletReports(kubelet, pod, { type: 'Warning', reason: 'FailedMount', message, atMs })
  kubeletSays(kubelet, 'E', { atMs, source: 'kubelet.go:1657', text: `${message}; skipping pod` })
  return text
}

/** Tries a volume as often as its turn has come: twice as long after each try, by what this process of the kubelet remembers. */
export const mountFailed = (kubelet: Kubelet, pod: KubeObject, unmounted: Unmounted): void => {
  const { world, machine, unit } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const { due, wait, sync, by } = keysOf(pod)
  const startedMs = unit.startedMs ?? 0
  if (timers[by] !== startedMs) forgetMounts(kubelet, pod)
  timers[by] = startedMs
  timers[sync] ??= world.nowMs + POD_WAITS_MS
  let dueMs = timers[due] ?? world.nowMs
  while (dueMs <= world.nowMs) {
    const waitMs = Math.min((timers[wait] ?? FIRST_WAIT_MS / 2) * 2, LAST_WAIT_MS)
    timers[wait] = waitMs
    tryFailed(kubelet, pod, { atMs: dueMs, waitMs, unmounted })
    dueMs += waitMs + LOOK_MS
  }
  timers[due] = dueMs
  let endMs = timers[sync]
  for (; endMs <= world.nowMs; endMs += POD_RESTS_MS + POD_WAITS_MS) {
    const text = endText(kubelet, pod, { atMs: endMs, volume: unmounted.volume })
    syncFailedThen(kubelet, pod, { text, atMs: endMs })
  }
  timers[sync] = endMs
}
