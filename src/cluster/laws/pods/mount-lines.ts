import { uidOf } from '../../kube/pod.ts'
import { shownMs } from '../../relations/clock.ts'
import { goDuration } from '../../text/spans.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletSays } from '../kubelet.ts'
import { uniqueVolumeName } from './volume-names.ts'

type Failure = {
  readonly atMs: number
  readonly volume: string
  readonly message: string
  readonly waitMs: number
}

/** The digits below a millisecond that an instant has. */
const nanosOf = (atMs: number): string => String(Math.floor(atMs * 7_919) % 1_000_000).padStart(6, '0')

/** What a kubelet logs of a volume that it cannot mount: the operation that failed, and when it is tried again. */
export const sayMountFailed = (
  kubelet: Kubelet,
  pod: KubeObject,
  { atMs, volume, message, waitMs }: Failure,
): void => {
  const { machine, unit } = kubelet
  const spec = pod.spec?.volumes?.find(({ name }: KubeValue) => name === volume)
  const unique = uniqueVolumeName(pod, { ...spec, name: volume })
  const [day = '', time = ''] = new Date(shownMs(machine, atMs) + waitMs).toISOString().split(/[TZ]/)
  const nanos = nanosOf(atMs)
  const uptime = `${((Math.floor(atMs) + waitMs - Math.floor(unit.startedMs ?? machine.bootedMs)) / 1000).toFixed(3)}${nanos}`
  const placed = message.replace(
    `volume "${volume}" :`,
    `volume "${volume}" (UniqueName: "${unique}") pod "${pod.metadata.name}" (UID: "${uidOf(pod)}") :`,
  )
  kubeletSays(kubelet, 'E', {
    atMs,
    source: 'nestedpendingoperations.go:348',
    text: `Operation for "{volumeName:${unique} podName:${uidOf(pod)} nodeName:}" failed. No retries permitted until ${day} ${time}${nanos} +0000 UTC m=+${uptime} (durationBeforeRetry ${goDuration(waitMs)}). Error: ${placed}`,
  })
}
