import { knownImage } from '../../kube/known-images.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { sandboxOf } from '../../relations/pods.ts'
import { goDuration } from '../../text/spans.ts'
import type { PullWay } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { Kubelet } from '../kubelet.ts'

/** Names what is known of pulling an image for a pod: each pod waits out a back-off of its own. */
export const pullKeyOf = (pod: KubeObject, image: string): string => `${uidOf(pod)}_${image}`

const UNKNOWN_MIB = 20
const ASKING_MS = 400
const MIB_A_SECOND = 60

/** How large an image is, in MiB. */
export const sizeOf = (image: string): number => knownImage(image)?.sizeMiB ?? UNKNOWN_MIB

/** Sets out to fetch an image: a kubelet has one fetched after another. `comes` tells whether there is anything to load. */
export const beginPull = (
  { world, machine: { runtime } }: Kubelet,
  pod: KubeObject,
  { image, comes }: { readonly image: string; readonly comes: boolean },
): void => {
  if (runtime === undefined) return
  const { pulling = {} } = runtime
  const beginsMs = Math.max(world.nowMs, ...Object.values(pulling).map(({ endsMs }) => endsMs))
  const takesMs = Math.round(ASKING_MS + (comes ? (sizeOf(image) * 1000) / MIB_A_SECOND : 0))
  const way = { askedMs: world.nowMs, beginsMs, endsMs: beginsMs + takesMs }
  runtime.pulling = { ...pulling, [pullKeyOf(pod, image)]: way }
  awaitTime(world, way.endsMs)
}

/** The first releases that say how long a pull took, and how long it waited for its turn. */
const TELLS_TIME = 20
const TELLS_WAIT = 27

/** What a kubelet tells of an image that it has fetched. */
export const pulledText = (
  { world }: Kubelet,
  image: string,
  { askedMs, beginsMs, endsMs }: PullWay,
): string => {
  const minor = minorOf(world)
  const took = minor < TELLS_TIME ? '' : ` in ${goDuration(Math.round(endsMs - beginsMs))}`
  const waited = minor < TELLS_WAIT ? '' : ` (${goDuration(Math.round(endsMs - askedMs))} including waiting)`
  return `Successfully pulled image "${image}"${took}${waited}`
}

/** Keeps from when to when images were fetched for a pod. */
export const notePull = ({ machine }: Kubelet, pod: KubeObject, { askedMs, endsMs }: PullWay): void => {
  const sandbox = sandboxOf(machine, uidOf(pod))
  if (sandbox !== undefined) sandbox.pulled = { fromMs: sandbox.pulled?.fromMs ?? askedMs, toMs: endsMs }
}
