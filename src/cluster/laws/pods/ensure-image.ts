import { chanceHex } from '../../chance.ts'
import { fullImageName, knownImage, readImageName } from '../../kube/known-images.ts'
import { uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { findImage, type ImageRefusal, imageRefusal, pullProblem } from '../../relations/image-pull.ts'
import { goDuration } from '../../text/spans.ts'
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
  return problem === undefined
    ? pulled(kubelet, pod, { spec, isThere })
    : pullFailed(kubelet, pod, { spec, problem })
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

const pulled = (
  kubelet: Kubelet,
  pod: KubeObject,
  { spec, isThere }: { readonly spec: KubeValue; readonly isThere: boolean },
): boolean => {
  const { runtime } = kubelet.machine
  if (runtime === undefined) return false
  delete runtime.pulls[pullKeyOf(pod, spec.image)]
  const sizeMiB = knownImage(spec.image)?.sizeMiB ?? 20
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
  const took = goDuration(Math.round(400 + (sizeMiB * 1000) / 60))
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Pulled',
    message: `Successfully pulled image "${spec.image}" in ${took} (${took} including waiting)`,
    ...placeOf(spec),
  })
  return true
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
