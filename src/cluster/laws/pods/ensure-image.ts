import { fullImageName, readImageName } from '../../kube/known-images.ts'
import { uidOf } from '../../kube/pod.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { imageIdOf } from '../../relations/image-names.ts'
import { findImage, imageRefusal, pullProblem } from '../../relations/image-pull.ts'
import { pullLogin } from '../../relations/pull-login.ts'
import { quoted } from '../../text/quoted.ts'
import type { PullWay } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import type { KubeletLine } from '../older-kubelet.ts'
import { beginPull, notePull, pulledText, pullKeyOf, sizeOf } from './pull-way.ts'
import { missSecrets, refuseImage } from './refuse-image.ts'
import { pullError, sayPullBegun, sayPulled, sayPullFailed } from './say-pull.ts'
import { BACK_OFF, placeOf, startFailed, timesToTell } from './telling.ts'

const FIRST_PULL_MS = 10_000
const LAST_PULL_MS = 300_000
const MIB = 1024 ** 2

const problemOf = ({ world, machine }: Kubelet, pod: KubeObject, image: string): string | undefined =>
  pullProblem(world, machine, { image, login: pullLogin(world, pod, readImageName(image).registry) })

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
  sayPullBegun(kubelet, image)
  const comes = !isThere && problemOf(kubelet, pod, image) === undefined
  beginPull(kubelet, pod, { image, comes })
  return false
}

type Way = { readonly spec: KubeValue; readonly isThere: boolean; readonly way: PullWay }

/** Waits for an image that is being fetched, to its end. */
const goOnPulling = (kubelet: Kubelet, pod: KubeObject, pull: Way): boolean => {
  const { world, machine } = kubelet
  const { spec, way } = pull
  awaitTime(world, way.endsMs)
  if (world.nowMs < way.endsMs) return false
  delete machine.runtime?.pulling?.[pullKeyOf(pod, spec.image)]
  const problem = problemOf(kubelet, pod, spec.image)
  return problem === undefined ? pulled(kubelet, pod, pull) : pullFailed(kubelet, pod, { spec, problem })
}

const pulled = (kubelet: Kubelet, pod: KubeObject, { spec, isThere, way }: Way): boolean => {
  const { runtime } = kubelet.machine
  if (runtime === undefined) return false
  delete runtime.pulls[pullKeyOf(pod, spec.image)]
  notePull(kubelet, pod, way)
  const sizeMiB = sizeOf(spec.image)
  if (!isThere)
    runtime.images.push({
      id: imageIdOf(kubelet.world, spec.image),
      tags: [fullImageName(spec.image)],
      sizeBytes: sizeMiB * MIB,
      isPinned: false,
    })
  sayPulled(kubelet, spec.image)
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Pulled',
    message: pulledText(kubelet, spec.image, way),
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
  const error = pullError(problem)
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
  sayPullFailed(kubelet, image, problem)
  for (const step of pullSteps(image, error)) kubeletSays(kubelet, 'E', step)
  const kind = 'ErrImagePull'
  startFailed(kubelet, pod, { name: spec.name, kind, error, says: kind })
  return false
}

/** What a kubelet logs of a pull that failed, before it tells of the container. */
const pullSteps = (image: string, error: string): readonly KubeletLine[] => {
  const of = `err="${quoted(error)}" image="${image}"`
  return [
    { source: 'remote_image.go:180', text: `"PullImage from image service failed" ${of}` },
    { source: 'kuberuntime_image.go:53', text: `"Failed to pull image" ${of}` },
  ]
}

const backOffPulling = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): void => {
  const text = `Back-off pulling image "${spec.image}"`
  for (const atMs of timesToTell(kubelet, `pull-told/${uidOf(pod)}/${spec.name}`)) {
    kubeletReports(kubelet, pod, { type: 'Normal', reason: 'BackOff', message: text, atMs, ...placeOf(spec) })
    startFailed(kubelet, pod, { name: spec.name, kind: BACK_OFF, error: text, says: BACK_OFF, atMs })
  }
}
