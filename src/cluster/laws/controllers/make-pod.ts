import { chanceSuffix } from '../../chance.ts'
import { recordEvent } from '../../kube/events.ts'
import { isOwnedBy, listObjects, ownerOf, putObject, removeObject, touchObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { admissionProblem } from '../../relations/admission/admission-problem.ts'
import { admitPod } from '../../relations/admission/admit-pod.ts'
import { invalidity } from '../../relations/admission/validity.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { forgetRefusal, mayTryAgain, noteRefusal } from './creation-failures.ts'

/** A pod that a controller makes. */
export type PodOrder = {
  readonly owner: KubeObject
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  /** Another template than the owner's of now. */
  readonly template?: KubeValue
  /** Changes the specification before it is stored. */
  readonly adapt?: (spec: KubeValue) => KubeValue
}

/** A new name below a prefix. */
export const nameBelow = (world: World, prefix: string): string => `${prefix}-${chanceSuffix(world)}`

const orderedPod = (world: World, order: PodOrder): KubeValue => {
  const { owner, name, labels = {}, template = owner.spec.template, adapt = s => s } = order
  const namespace = owner.metadata.namespace ?? 'default'
  const isDaemon = owner.kind === 'DaemonSet'
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(name.startsWith(`${owner.metadata.name}-`) && owner.kind !== 'StatefulSet'
        ? { generateName: `${owner.metadata.name}-` }
        : {}),
      name,
      namespace,
      labels: { ...template.metadata?.labels, ...labels },
      ...(template.metadata?.annotations === undefined
        ? {}
        : { annotations: { ...template.metadata.annotations } }),
      ownerReferences: [ownerOf(owner)],
    },
    spec: adapt(structuredClone(template.spec)),
  }
  return admitPod(world.kube, pod, { isDaemon })
}

const refuse = (world: World, { owner, name }: PodOrder, why: string): void => {
  const set = owner.metadata.name
  const message =
    owner.kind === 'StatefulSet'
      ? () => `create Pod ${name} in StatefulSet ${set} failed error: ${why}`
      : () => `Error creating: ${why.replace(`"${name}"`, `"${nameBelow(world, set)}"`)}`
  noteRefusal(world, owner, { message, source: sourceOf(owner.kind) })
}

/** Makes a pod from a controller's template; `undefined` where the API server refuses it, or where it is too early to try again. */
export const makePod = (world: World, order: PodOrder): KubeObject | undefined => {
  const { owner, name } = order
  if (!mayTryAgain(world, owner)) return undefined
  const pod = orderedPod(world, order)
  const problem =
    invalidity(pod)?.replace(/^The /, '') ??
    admissionProblem(world, { object: pod, operation: 'CREATE', plural: 'pods' })?.message
  if (problem !== undefined) {
    refuse(world, order, problem)
    return undefined
  }
  const stored = putObject(world, pod)
  forgetRefusal(world, owner)
  recordEvent(world, {
    about: owner,
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message:
      owner.kind === 'StatefulSet'
        ? `create Pod ${name} in StatefulSet ${owner.metadata.name} successful`
        : `Created pod: ${name}`,
    source: sourceOf(owner.kind),
  })
  return stored
}

/** The name by which the controller of a kind signs its events. */
export const sourceOf = (kind: string): string =>
  ({
    ReplicaSet: 'replicaset-controller',
    DaemonSet: 'daemonset-controller',
    StatefulSet: 'statefulset-controller',
    Job: 'job-controller',
  })[kind] ?? 'controller'

/** Asks for a pod's end within some seconds: it goes once its kubelet has stopped it, or at once where it is on no node. */
export const deletePod = (
  world: World,
  pod: KubeObject,
  graceSeconds: number = pod.spec?.terminationGracePeriodSeconds ?? 30,
): void => {
  const { metadata } = pod
  const isAtRest = pod.spec?.nodeName === undefined || isFinished(pod)
  if (isAtRest && (metadata.finalizers ?? []).length === 0) {
    removeObject(world, pod)
    return
  }
  // Asked again it can only go sooner.
  if (metadata.deletionTimestamp !== undefined && graceSeconds >= (metadata.deletionGracePeriodSeconds ?? 0))
    return
  const seconds = isAtRest ? 0 : graceSeconds
  metadata.deletionTimestamp = isoOf(world.nowMs + seconds * 1000)
  metadata.deletionGracePeriodSeconds = seconds
  touchObject(world, pod)
}

/** Deletes a pod as its controller does, which is recorded. */
export const deleteOwned = (world: World, owner: KubeObject, pod: KubeObject): void => {
  recordEvent(world, {
    about: owner,
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message:
      owner.kind === 'StatefulSet'
        ? `delete Pod ${pod.metadata.name} in StatefulSet ${owner.metadata.name} successful`
        : `Deleted pod: ${pod.metadata.name}`,
    source: sourceOf(owner.kind),
  })
  deletePod(world, pod)
}

/** The pods of a controller that count: neither ended nor about to. */
export const livePodsOf = (world: World, owner: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod', owner.metadata.namespace).filter(
    pod => isOwnedBy(pod, owner) && !isFinished(pod) && pod.metadata.deletionTimestamp === undefined,
  )

/** Whether a pod says that it is ready. */
export const isPodReady = (pod: KubeObject): boolean =>
  pod.status?.conditions?.some(
    (c: { type: string; status: string }) => c.type === 'Ready' && c.status === 'True',
  ) === true

/** Whether a pod has been ready for as long as its controller wants before it counts on it. */
export const isPodAvailable = (world: World, owner: KubeObject, pod: KubeObject): boolean => {
  const condition = pod.status?.conditions?.find((c: KubeValue) => c.type === 'Ready')
  const seconds: number = owner.spec?.minReadySeconds ?? 0
  return (
    condition?.status === 'True' &&
    (seconds === 0 || world.nowMs >= msOf(condition.lastTransitionTime) + seconds * 1000)
  )
}
