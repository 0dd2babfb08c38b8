import { chanceHex } from '../../chance.ts'
import { fullImageName, knownImage, readImageName } from '../../kube/known-images.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { findImage, type ImageRefusal, imageRefusal, pullProblem } from '../../relations/image-pull.ts'
import { sandboxOf } from '../../relations/pods.ts'
import { goDuration } from '../../text/spans.ts'
import type { PullWay } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { runtimeSays } from './runtime-says.ts'
import { isTimeToTell, placeOf, startFailed } from './telling.ts'

/** Names what is known of pulling an image for a pod: each pod waits out a back-off of its own. */
export const pullKeyOf = (pod: KubeObject, image: string): string => `${uidOf(pod)}_${image}`

const FIRST_PULL_MS = 10_000
const LAST_PULL_MS = 300_000
const MIB = 1024 ** 2

/** Makes sure that an image is there, pulling it where its policy says so and its back-off is over. */
export const ensureImage = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): boolean => {
  const { world, machine } = kubelet
  const { runtime } = machine
  if (runtime === undefined) return false
  const refusal = imageRefusal(machine, spec)
  if (refusal !== undefined) return refuseImage(kubelet, pod, { spec, refusal })
  const image: string = spec.image
  const full = fullImageName(image)
  const policy = spec.imagePullPolicy ?? (full.endsWith(':latest') ? 'Always' : 'IfNotPresent')
  const isThere = findImage(machine, image) !== undefined
  const way = runtime.pulling?.[pullKeyOf(pod, image)]
  if (way !== undefined) return goOnPulling(kubelet, pod, { spec, isThere, way })
  if (isThere && policy !== 'Always') {
    kubeletReports(kubelet, pod, {
      type: 'Normal',
      reason: 'Pulled',
      message: `Container image "${image}" already present on machine`,
      ...placeOf(spec),
    })
    return true
  }
  const failed = runtime.pulls[pullKeyOf(pod, image)]
  if (failed !== undefined && world.nowMs < failed.atMs + failed.delayMs) {
    backOffPulling(kubelet, pod, spec)
    return false
  }
  missSecrets(kubelet, pod)
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Pulling',
    message: `Pulling image "${image}"`,
    ...placeOf(spec),
  })
  runtimeSays(kubelet, 'info', { text: `PullImage "${image}"` })
  const problem = pullProblem(world, machine, { image, pod })
  if (problem !== undefined) return pullFailed(kubelet, pod, { spec, problem })
  beginPull(kubelet, pod, { image, isThere })
  return false
}

const refuseImage = (
  kubelet: Kubelet,
  pod: KubeObject,
  { spec, refusal: { kind, message } }: { readonly spec: KubeValue; readonly refusal: ImageRefusal },
): false => {
  if (!isTimeToTell(kubelet, `image-told/${uidOf(pod)}/${spec.name}`)) return false
  const reason = kind === 'InvalidImageName' ? 'InspectFailed' : kind
  kubeletReports(kubelet, pod, { type: 'Warning', reason, message, ...placeOf(spec) })
  startFailed(kubelet, pod, { name: spec.name, kind, error: message, says: kind })
  return false
}

/** Tells of the secrets for pulling that a pod names and that are not there. */
const missSecrets = (kubelet: Kubelet, pod: KubeObject): void => {
  const { namespace } = pod.metadata
  const missing = ((pod.spec?.imagePullSecrets ?? []) as readonly { readonly name: string }[])
    .map(({ name }) => name)
    .filter(name => getObject(kubelet.world.kube, { kind: 'Secret', namespace, name }) === undefined)
  if (missing.length === 0) return
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'FailedToRetrieveImagePullSecret',
    message: `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`,
  })
  for (const name of missing)
    kubeletSays(kubelet, 'I', {
      source: 'kubelet_pods.go:899',
      text: `"Unable to retrieve pull secret, the image pull may not succeed." pod="${namespace}/${pod.metadata.name}" secret="" err="secret "${name}" not found"`,
    })
}

const UNKNOWN_MIB = 20
const ASKING_MS = 400
const MIB_A_SECOND = 60

const sizeOf = (image: string): number => knownImage(image)?.sizeMiB ?? UNKNOWN_MIB

/** Sets out to fetch an image: a kubelet has one fetched after another. */
const beginPull = (
  { world, machine: { runtime } }: Kubelet,
  pod: KubeObject,
  { image, isThere }: { readonly image: string; readonly isThere: boolean },
): void => {
  if (runtime === undefined) return
  const { pulling = {} } = runtime
  const beginsMs = Math.max(world.nowMs, ...Object.values(pulling).map(({ endsMs }) => endsMs))
  const takesMs = Math.round(ASKING_MS + (isThere ? 0 : (sizeOf(image) * 1000) / MIB_A_SECOND))
  const way = { askedMs: world.nowMs, beginsMs, endsMs: beginsMs + takesMs }
  runtime.pulling = { ...pulling, [pullKeyOf(pod, image)]: way }
  awaitTime(world, way.endsMs)
}

type Way = { readonly spec: KubeValue; readonly isThere: boolean; readonly way: PullWay }

/** Waits for an image that is being fetched, to its end. */
const goOnPulling = (kubelet: Kubelet, pod: KubeObject, pull: Way): boolean => {
  const { world, machine } = kubelet
  const { spec, way } = pull
  awaitTime(world, way.endsMs)
  if (world.nowMs < way.endsMs) return false
  delete machine.runtime?.pulling?.[pullKeyOf(pod, spec.image)]
  const problem = pullProblem(world, machine, { image: spec.image, pod })
  return problem === undefined ? pulled(kubelet, pod, pull) : pullFailed(kubelet, pod, { spec, problem })
}

/** The first releases that say how long a pull took, and how long it waited for its turn. */
const TELLS_TIME = 20
const TELLS_WAIT = 27

const pulledText = ({ world }: Kubelet, image: string, { askedMs, beginsMs, endsMs }: PullWay): string => {
  const minor = minorOf(world)
  const took = minor < TELLS_TIME ? '' : ` in ${goDuration(Math.round(endsMs - beginsMs))}`
  const waited = minor < TELLS_WAIT ? '' : ` (${goDuration(Math.round(endsMs - askedMs))} including waiting)`
  return `Successfully pulled image "${image}"${took}${waited}`
}

const pulled = (kubelet: Kubelet, pod: KubeObject, { spec, isThere, way }: Way): boolean => {
  const { runtime } = kubelet.machine
  if (runtime === undefined) return false
  delete runtime.pulls[pullKeyOf(pod, spec.image)]
  notePull(kubelet, pod, way)
  const sizeMiB = sizeOf(spec.image)
  if (!isThere)
    runtime.images.push({
      id: `sha256:${chanceHex(kubelet.world, 64)}`,
      tags: [fullImageName(spec.image)],
      sizeBytes: sizeMiB * MIB,
      isPinned: false,
    })
  runtimeSays(kubelet, 'info', {
    text: `PullImage "${spec.image}" returns image reference "${findImage(kubelet.machine, spec.image)?.id}"`,
  })
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Pulled',
    message: pulledText(kubelet, spec.image, way),
    ...placeOf(spec),
  })
  return true
}

/** Keeps from when to when images were fetched for a pod. */
const notePull = ({ machine }: Kubelet, pod: KubeObject, { askedMs, endsMs }: PullWay): void => {
  const sandbox = sandboxOf(machine, uidOf(pod))
  if (sandbox !== undefined) sandbox.pulled = { fromMs: sandbox.pulled?.fromMs ?? askedMs, toMs: endsMs }
}

const pullFailed = (
  kubelet: Kubelet,
  pod: KubeObject,
  { spec, problem }: { readonly spec: KubeValue; readonly problem: string },
): boolean => {
  const { world, machine } = kubelet
  const { image } = spec
  const { runtime } = machine
  if (runtime === undefined) return false
  const code = problem.includes(': not found') ? 'NotFound' : 'Unknown'
  const error = `rpc error: code = ${code} desc = ${problem}`
  const key = pullKeyOf(pod, image)
  const before = runtime.pulls[key]
  runtime.pulls[key] = {
    error,
    atMs: world.nowMs,
    delayMs: before === undefined ? FIRST_PULL_MS : Math.min(before.delayMs * 2, LAST_PULL_MS),
  }
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'Failed',
    message: `Failed to pull image "${image}": ${error}`,
    ...placeOf(spec),
  })
  if (code === 'NotFound')
    runtimeSays(kubelet, 'info', {
      text: 'trying next host - response was http.StatusNotFound',
      more: `host=${readImageName(image).registry}`,
    })
  runtimeSays(kubelet, 'error', {
    text: `PullImage "${image}" failed`,
    more: `error=${JSON.stringify(error)}`,
  })
  const kind = 'ErrImagePull'
  startFailed(kubelet, pod, { name: spec.name, kind, error, says: kind })
  return false
}

const backOffPulling = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): void => {
  if (!isTimeToTell(kubelet, `pull-told/${uidOf(pod)}/${spec.name}`)) return
  const text = `Back-off pulling image "${spec.image}"`
  kubeletReports(kubelet, pod, { type: 'Normal', reason: 'BackOff', message: text, ...placeOf(spec) })
  const kind = 'ImagePullBackOff'
  startFailed(kubelet, pod, { name: spec.name, kind, error: text, says: kind })
}
