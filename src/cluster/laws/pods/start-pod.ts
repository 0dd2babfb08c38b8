import { chanceHex } from '../../chance.ts'
import { fullImageName, knownImage } from '../../kube/known-images.ts'
import { containerSpecs, fullNameOf, initSpecs, uidOf } from '../../kube/pod.ts'
import { getObject } from '../../kube/store.ts'
import { findImage, pullProblem } from '../../relations/image-pull.ts'
import { containersOf } from '../../relations/pods.ts'
import type { Container, Sandbox } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports } from '../kubelet.ts'
import { restartDelayOf, startContainer } from './create-parts.ts'
import { probeContainer, syncFailed } from './probe-pods.ts'

const FIRST_PULL_MS = 10_000
const LAST_PULL_MS = 300_000
const MIB = 1024 ** 2

const place = (spec: KubeValue): { readonly fieldPath: string } => ({
  fieldPath: `spec.containers{${spec.name}}`,
})

const quoted = (text: string): string => text.replaceAll('"', '\\"')

/** Makes sure that an image is there, pulling it where its policy says so and its back-off is over. */
const ensureImage = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): boolean => {
  const { world, machine } = kubelet
  const { runtime } = machine
  if (runtime === undefined) return false
  const image: string = spec.image
  const full = fullImageName(image)
  const policy = spec.imagePullPolicy ?? (full.endsWith(':latest') ? 'Always' : 'IfNotPresent')
  const isThere = findImage(machine, image) !== undefined
  if (isThere && policy !== 'Always') {
    kubeletReports(kubelet, pod, {
      type: 'Normal',
      reason: 'Pulled',
      message: `Container image "${image}" already present on machine`,
      ...place(spec),
    })
    return true
  }
  if (policy === 'Never') return false
  const failed = runtime.pulls[image]
  if (failed !== undefined && world.nowMs < failed.atMs + failed.delayMs) {
    backOffPulling(kubelet, pod, spec)
    return false
  }
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Pulling',
    message: `Pulling image "${image}"`,
    ...place(spec),
  })
  const problem = pullProblem(world, machine, { image, pod })
  return problem === undefined
    ? pulled(kubelet, pod, { spec, isThere })
    : pullFailed(kubelet, pod, { spec, problem })
}

const pulled = (
  kubelet: Kubelet,
  pod: KubeObject,
  { spec, isThere }: { readonly spec: KubeValue; readonly isThere: boolean },
): boolean => {
  const { runtime } = kubelet.machine
  if (runtime === undefined) return false
  delete runtime.pulls[spec.image]
  const sizeMiB = knownImage(spec.image)?.sizeMiB ?? 20
  if (!isThere)
    runtime.images.push({
      id: `sha256:${chanceHex(kubelet.world, 64)}`,
      tags: [fullImageName(spec.image)],
      sizeBytes: sizeMiB * MIB,
      isPinned: false,
    })
  const took = `${(0.4 + sizeMiB / 60).toFixed(3)}s`
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Pulled',
    message: `Successfully pulled image "${spec.image}" in ${took} (${took} including waiting)`,
    ...place(spec),
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
  const before = runtime.pulls[image]
  runtime.pulls[image] = {
    error,
    atMs: world.nowMs,
    delayMs: before === undefined ? FIRST_PULL_MS : Math.min(before.delayMs * 2, LAST_PULL_MS),
  }
  const warn = (message: string): void =>
    kubeletReports(kubelet, pod, { type: 'Warning', reason: 'Failed', message, ...place(spec) })
  warn(`Failed to pull image "${image}": ${error}`)
  warn('Error: ErrImagePull')
  syncFailed(
    kubelet,
    pod,
    `failed to "StartContainer" for "${spec.name}" with ErrImagePull: "${quoted(error)}"`,
  )
  return false
}

const TELL_MS = 12_000

/** Whether something that repeats may be told again. */
const isTimeToTell = ({ world, machine }: Kubelet, key: string): boolean => {
  const timers = machine.runtime?.timers ?? {}
  if (world.nowMs - (timers[key] ?? -Infinity) < TELL_MS) return false
  timers[key] = world.nowMs
  return true
}

const backOffPulling = (kubelet: Kubelet, pod: KubeObject, spec: KubeValue): void => {
  if (!isTimeToTell(kubelet, `pull-told/${uidOf(pod)}/${spec.name}`)) return
  const text = `Back-off pulling image "${spec.image}"`
  kubeletReports(kubelet, pod, { type: 'Normal', reason: 'BackOff', message: text, ...place(spec) })
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'Failed',
    message: 'Error: ImagePullBackOff',
    ...place(spec),
  })
  syncFailed(
    kubelet,
    pod,
    `failed to "StartContainer" for "${spec.name}" with ImagePullBackOff: "${quoted(text)}"`,
  )
}

/** What a container's environment needs and is not there, in the kubelet's words. */
export const configProblem = ({ world }: Kubelet, pod: KubeObject, spec: KubeValue): string | undefined => {
  const namespace = pod.metadata.namespace
  const check = (kind: 'ConfigMap' | 'Secret', ref: KubeValue): string | undefined => {
    if (ref === undefined || ref.optional === true) return undefined
    const object = getObject(world.kube, { kind, namespace, name: ref.name })
    if (object === undefined) return `${kind.toLowerCase()} "${ref.name}" not found`
    if (ref.key === undefined || object.data?.[ref.key] !== undefined) return undefined
    return `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}`
  }
  const refs = [
    ...(spec.envFrom ?? []).flatMap((s: KubeValue) => [
      check('ConfigMap', s.configMapRef),
      check('Secret', s.secretRef),
    ]),
    ...(spec.env ?? []).flatMap((e: KubeValue) => [
      check('ConfigMap', e.valueFrom?.configMapKeyRef),
      check('Secret', e.valueFrom?.secretKeyRef),
    ]),
  ]
  return refs.find(problem => problem !== undefined)
}

/** What a kubelet says of a container that it will start again only after a while. */
export const backOffText = (pod: KubeObject, before: Container): string => {
  const seconds = restartDelayOf(before) / 1000
  const span = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
  return `back-off ${span} restarting failed container=${before.name} pod=${fullNameOf(pod)}`
}

const backOff = (kubelet: Kubelet, pod: KubeObject, before: Container): void => {
  if (!isTimeToTell(kubelet, `back-off-told/${uidOf(pod)}/${before.name}`)) return
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'BackOff',
    message: `Back-off restarting failed container ${before.name} in pod ${fullNameOf(pod)}`,
    fieldPath: `spec.containers{${before.name}}`,
  })
  syncFailed(
    kubelet,
    pod,
    `failed to "StartContainer" for "${before.name}" with CrashLoopBackOff: "${backOffText(pod, before)}"`,
  )
}

const wantsRestart = (pod: KubeObject, before: Container): boolean => {
  const policy = pod.spec?.restartPolicy ?? 'Always'
  return policy === 'Always' || (policy === 'OnFailure' && before.exitCode !== 0)
}

/** Whether a container waits out its back-off. */
export const isBackingOff = (nowMs: number, container: Container): boolean =>
  container.state === 'exited' && nowMs < (container.finishedMs ?? 0) + restartDelayOf(container)

const misconfigured = (
  kubelet: Kubelet,
  pod: KubeObject,
  { spec, problem }: { readonly spec: KubeValue; readonly problem: string },
): void => {
  kubeletReports(kubelet, pod, {
    type: 'Warning',
    reason: 'Failed',
    message: `Error: ${problem}`,
    ...place(spec),
  })
  syncFailed(
    kubelet,
    pod,
    `failed to "StartContainer" for "${spec.name}" with CreateContainerConfigError: "${quoted(problem)}"`,
  )
}

const startOne = (
  kubelet: Kubelet,
  pod: KubeObject,
  { sandbox, spec }: { readonly sandbox: Sandbox; readonly spec: KubeValue },
) => {
  const { world, machine } = kubelet
  const before = containersOf(machine, uidOf(pod), spec.name).at(-1)
  if (before?.state === 'running') return probeContainer(kubelet, { pod, spec, container: before })
  if (before !== undefined && !wantsRestart(pod, before)) return undefined
  if (before !== undefined && isBackingOff(world.nowMs, before)) return backOff(kubelet, pod, before)
  const problem = configProblem(kubelet, pod, spec)
  if (problem !== undefined && !isTimeToTell(kubelet, `config-told/${uidOf(pod)}/${spec.name}`))
    return undefined
  if (!ensureImage(kubelet, pod, spec)) return undefined
  if (problem !== undefined) return misconfigured(kubelet, pod, { spec, problem })
  startContainer(world, machine, { pod, sandbox, spec, before })
  for (const reason of ['Created', 'Started'])
    kubeletReports(kubelet, pod, {
      type: 'Normal',
      reason,
      message: `${reason} container ${spec.name}`,
      ...place(spec),
    })
  return undefined
}

/** Starts what a pod lacks in its sandbox: its init containers one after another, then all others; probes those that run. */
export const startPod = (kubelet: Kubelet, pod: KubeObject, sandbox: Sandbox): void => {
  for (const spec of initSpecs(pod)) {
    const last = containersOf(kubelet.machine, uidOf(pod), spec.name).at(-1)
    if (last?.state === 'exited' && last.exitCode === 0) continue
    startOne(kubelet, pod, { sandbox, spec })
    return
  }
  for (const spec of containerSpecs(pod)) startOne(kubelet, pod, { sandbox, spec })
}
