import { recordEvent } from '../../kube/events.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { changeStatus, getObject, listObjects, putObject } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { clearFailed } from './clear-failed.ts'
import { deleteOwned, isPodReady, livePodsOf, makePod } from './make-pod.ts'
import { keepRevision, revisionsOf } from './revisions.ts'
import { templateHash } from './template-hash.ts'

/** The first minor version that marks pods with their number. */
const NUMBERS_PODS = 28

const claimsFor = (world: World, set: KubeObject, pod: string): readonly KubeValue[] =>
  (set.spec.volumeClaimTemplates ?? []).map((template: KubeValue) => {
    const name = `${template.metadata.name}-${pod}`
    const namespace = set.metadata.namespace
    if (getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace, name }) === undefined) {
      putObject(world, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, namespace: namespace ?? 'default', labels: { ...set.spec.selector.matchLabels } },
        spec: { ...structuredClone(template.spec), volumeMode: template.spec.volumeMode ?? 'Filesystem' },
        status: { phase: 'Pending' },
      })
      recordEvent(world, {
        about: set,
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} success`,
        source: 'statefulset-controller',
      })
    }
    return { name: template.metadata.name, persistentVolumeClaim: { claimName: name } }
  })

/** A stateful set with what its controller goes by in one pass. */
type Pass = {
  readonly set: KubeObject
  /** All its pods, those on their way out too. */
  readonly pods: readonly KubeObject[]
  /** The revision that its pods come from, and the one that they go to. */
  readonly current: string
  readonly update: string
  /** The pods below this number keep to the revision that they come from. */
  readonly partition: number
  readonly isOrdered: boolean
}

const revisionOf = (pod: KubeObject): string | undefined => pod.metadata.labels?.['controller-revision-hash']

const isGoing = (pod: KubeObject): boolean => pod.metadata.deletionTimestamp !== undefined

const isHealthy = (pod: KubeObject): boolean => isPodReady(pod) && !isGoing(pod)

const indexOf = (pod: KubeObject): number => Number(pod.metadata.name.split('-').at(-1))

const createNumbered = (world: World, { set, current, update, partition }: Pass, index: number): void => {
  const name = `${set.metadata.name}-${index}`
  const revision = index < partition ? current : update
  const past: KubeValue = revisionsOf(world, set).find(({ metadata }) => metadata.name === revision)
  const volumes = claimsFor(world, set, name)
  makePod(world, {
    owner: set,
    name,
    labels: {
      ...(minorOf(world) < NUMBERS_PODS ? {} : { 'apps.kubernetes.io/pod-index': String(index) }),
      'controller-revision-hash': revision,
      'statefulset.kubernetes.io/pod-name': name,
    },
    template: past?.data.spec.template,
    adapt: spec => ({
      ...spec,
      hostname: name,
      subdomain: set.spec.serviceName,
      volumes: [...(spec.volumes ?? []), ...volumes],
    }),
  })
}

/** Makes the pods that are missing; whether all that come first are there and ready, where the order counts. */
const fill = (world: World, pass: Pass): boolean => {
  const { set, pods, isOrdered } = pass
  for (let index = 0; index < set.spec.replicas; index++) {
    const pod = pods.find(candidate => indexOf(candidate) === index)
    if (pod === undefined) createNumbered(world, pass, index)
    else if (isHealthy(pod)) continue
    else if (pod.status?.phase === 'Pending') claimsFor(world, set, pod.metadata.name)
    if (isOrdered) return false
  }
  return true
}

/** Ends the pods above the number wanted, the highest first; whether none are left. */
const trim = (world: World, { set, pods, isOrdered }: Pass): boolean => {
  const surplus = pods.filter(pod => indexOf(pod) >= set.spec.replicas)
  for (const pod of surplus.sort((a, b) => indexOf(b) - indexOf(a))) {
    if (!isGoing(pod)) deleteOwned(world, set, pod)
    if (isOrdered) return false
  }
  return true
}

/** Ends the highest pod that is of another revision, once all above it are ready. */
const renew = (world: World, { set, pods, update, partition }: Pass): void => {
  for (let index = set.spec.replicas - 1; index >= partition; index--) {
    const pod = pods.find(candidate => indexOf(candidate) === index)
    if (pod === undefined) return
    const isOld = revisionOf(pod) !== update
    if (isOld && !isGoing(pod)) deleteOwned(world, set, pod)
    if (isOld || !isHealthy(pod)) return
  }
}

/** A count as it is stored: none is left out. */
const count = (name: string, number: number): Readonly<Record<string, number>> =>
  number === 0 ? {} : { [name]: number }

const syncStatefulSet = (world: World, set: KubeObject): void => {
  const hash = templateHash(set.spec.template)
  const update = `${set.metadata.name}-${hash}`
  keepRevision(world, set, hash)
  clearFailed(world, set, {
    reason: 'RecreatingFailedPod',
    say: ({ metadata }) =>
      `StatefulSet ${metadata.namespace}/${set.metadata.name} is recreating failed Pod ${metadata.name}`,
  })
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {}
  const current: string = set.status?.currentRevision ?? update
  const pass: Pass = {
    set,
    pods: listObjects(world.kube, 'Pod', set.metadata.namespace).filter(pod =>
      pod.metadata.ownerReferences?.some(reference => reference.uid === set.metadata.uid),
    ),
    current,
    update,
    partition: type === 'OnDelete' ? 0 : (rollingUpdate?.partition ?? 0),
    isOrdered: set.spec.podManagementPolicy !== 'Parallel',
  }
  if (fill(world, pass) && trim(world, pass) && type !== 'OnDelete') renew(world, pass)
  const live = livePodsOf(world, set)
  const ready = live.filter(isPodReady).length
  const updated = live.filter(pod => revisionOf(pod) === update).length
  const isDone = updated === live.length && ready === live.length && type !== 'OnDelete'
  const from = isDone ? update : current
  changeStatus(world, set, {
    availableReplicas: ready,
    collisionCount: 0,
    ...count('currentReplicas', live.filter(pod => revisionOf(pod) === from).length),
    currentRevision: from,
    observedGeneration: set.metadata.generation ?? 1,
    ...count('readyReplicas', ready),
    replicas: live.length,
    updateRevision: update,
    ...count('updatedReplicas', updated),
  })
}

/** Stateful sets keep their numbered pods with their claims, and renew them from the highest number down. */
export const syncStatefulSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'StatefulSet')) syncStatefulSet(world, set)
}
