import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { shownMs } from '../../relations/clock.ts'
import { goDuration } from '../../text/spans.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletSays } from '../kubelet.ts'
import { uniqueVolumeName } from './volume-names.ts'

type Failure = { readonly volume: string; readonly message: string; readonly waitMs: number }

/** What a kubelet logs of a volume that it cannot mount: the operation that failed, and when it is tried again. */
export const sayMountFailed = (
  kubelet: Kubelet,
  pod: KubeObject,
  { volume, message, waitMs }: Failure,
): void => {
  const { world, machine } = kubelet
  const spec = pod.spec?.volumes?.find(({ name }: KubeValue) => name === volume)
  const unique = uniqueVolumeName(pod, { ...spec, name: volume })
  const [day = '', time = ''] = new Date(shownMs(machine, world.nowMs) + waitMs).toISOString().split(/[TZ]/)
  const uptime = ((world.nowMs + waitMs - machine.bootedMs) / 1000).toFixed(9)
  const placed = message.replace(
    `volume "${volume}" :`,
    `volume "${volume}" (UniqueName: "${unique}") pod "${pod.metadata.name}" (UID: "${uidOf(pod)}") :`,
  )
  kubeletSays(kubelet, 'E', {
    source: 'nestedpendingoperations.go:348',
    text: `Operation for "{volumeName:${unique} podName:${uidOf(pod)} nodeName:}" failed. No retries permitted until ${day} ${time}000000 +0000 UTC m=+${uptime} (durationBeforeRetry ${goDuration(waitMs)}). Error: ${placed}`,
  })
}

const FIRST_WITH_CONTEXT = 27

/** Why a pod is not begun while its volumes are not there: the wait for them came to its end. */
export const waitEnded = ({ world }: Kubelet): string =>
  minorOf(world) >= FIRST_WITH_CONTEXT ? 'context deadline exceeded' : 'timed out waiting for the condition'
