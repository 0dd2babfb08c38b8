import { recordEvent } from '../../kube/events.ts'
import { changeStatus, getObject, isOwnedBy, listObjects, putObject } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fitsNode, toleratesTaints } from '../scheduling/fit.ts'
import {
  deleteOwned,
  isPodReady,
  livePodsOf,
  makePod,
  nameBelow,
  podTolerations,
  sourceOf,
} from './make-pod.ts'
import { templateHash } from './replica-sets.ts'
import { keepRevision } from './revisions.ts'

const targetOf = (pod: KubeObject): string =>
  pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms?.[0]
    ?.matchFields?.[0]?.values?.[0] ??
  pod.spec?.nodeName ??
  ''

const pinTo =
  (name: string) =>
  (spec: KubeValue): KubeValue => ({
    ...spec,
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] }],
        },
      },
    },
  })

type Effect = 'NoSchedule' | 'NoExecute'

const endures = (set: KubeObject, node: KubeObject, effects: readonly Effect[]): boolean => {
  const { spec: wanted } = set.spec.template
  const spec = { ...wanted, tolerations: podTolerations(wanted, 'daemon') }
  return (
    fitsNode(spec, node) &&
    toleratesTaints(
      spec,
      (node.spec?.taints ?? []).filter(({ effect }: { effect: Effect }) => effects.includes(effect)),
    )
  )
}

/** Takes a set's pods away that have failed, so that others can come in their place; tells it of each in the words of its controller. */
const clearFailed = (
  world: World,
  set: KubeObject,
  { reason, say }: { readonly reason: string; readonly say: (pod: KubeObject) => string },
): void => {
  for (const pod of listObjects(world.kube, 'Pod', set.metadata.namespace)) {
    if (!isOwnedBy(pod, set) || !isFinished(pod)) continue
    recordEvent(world, {
      about: set,
      type: 'Warning',
      reason,
      message: say(pod),
      source: sourceOf(set.kind),
    })
    deleteOwned(world, set, pod)
  }
}

/** Whether a set's pod is to run on a node. */
const wants = (set: KubeObject, node: KubeObject): boolean => endures(set, node, ['NoSchedule', 'NoExecute'])

/** Whether one that is there may stay: on a node that is lost it does. */
const lets = (set: KubeObject, node: KubeObject): boolean => endures(set, node, ['NoExecute'])

const syncDaemonSet = (world: World, set: KubeObject): void => {
  const hash = templateHash(set.spec.template)
  keepRevision(world, set, hash)
  const all = listObjects(world.kube, 'Node')
  const nodes = all.filter(node => wants(set, node))
  const names = new Set(nodes.map(node => node.metadata.name))
  const spared = new Set(all.filter(node => lets(set, node)).map(node => node.metadata.name))
  clearFailed(world, set, {
    reason: 'FailedDaemonPod',
    say: ({ metadata, spec }) =>
      `Found failed daemon pod ${metadata.namespace}/${metadata.name} on node ${spec?.nodeName}, will try to kill it`,
  })
  const pods = livePodsOf(world, set)
  for (const pod of pods) if (!spared.has(targetOf(pod))) deleteOwned(world, set, pod)
  const outdated = pods.filter(pod => pod.metadata.labels?.['controller-revision-hash'] !== hash)
  const available = pods.filter(pod => names.has(targetOf(pod)) && isPodReady(pod)).length
  const isAllReady = available >= nodes.length
  const first = outdated.find(pod => !isPodReady(pod)) ?? (isAllReady ? outdated[0] : undefined)
  if (first !== undefined && set.spec.updateStrategy?.type !== 'OnDelete') deleteOwned(world, set, first)
  // One that is on its way out keeps its place until it is gone.
  const kept = listObjects(world.kube, 'Pod', set.metadata.namespace).filter(pod => isOwnedBy(pod, set))
  for (const node of nodes)
    if (!kept.some(pod => targetOf(pod) === node.metadata.name))
      makePod(world, {
        owner: set,
        name: nameBelow(world, set.metadata.name),
        labels: {
          'controller-revision-hash': hash,
          'pod-template-generation': String(set.metadata.generation ?? 1),
        },
        adapt: pinTo(node.metadata.name),
      })
  const live = livePodsOf(world, set)
  const now = live.filter(pod => names.has(targetOf(pod)))
  const ready = now.filter(isPodReady).length
  changeStatus(world, set, {
    currentNumberScheduled: now.length,
    desiredNumberScheduled: nodes.length,
    ...(ready === 0 ? {} : { numberAvailable: ready }),
    numberMisscheduled: live.length - now.length,
    numberReady: ready,
    ...(ready >= nodes.length ? {} : { numberUnavailable: nodes.length - ready }),
    observedGeneration: set.metadata.generation ?? 1,
    updatedNumberScheduled: now.filter(p => p.metadata.labels?.['controller-revision-hash'] === hash).length,
  })
}

const claimsFor = (world: World, set: KubeObject, pod: string): readonly KubeValue[] =>
  (set.spec.volumeClaimTemplates ?? []).map((template: KubeValue) => {
    const name = `${template.metadata.name}-${pod}`
    const namespace = set.metadata.namespace
    if (getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace, name }) === undefined)
      putObject(world, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, namespace: namespace ?? 'default', labels: { ...set.spec.selector.matchLabels } },
        spec: structuredClone(template.spec),
        status: { phase: 'Pending' },
      })
    return { name: template.metadata.name, persistentVolumeClaim: { claimName: name } }
  })

const syncStatefulSet = (world: World, set: KubeObject): void => {
  const hash = templateHash(set.spec.template)
  const revision = `${set.metadata.name}-${hash}`
  keepRevision(world, set, hash)
  clearFailed(world, set, {
    reason: 'RecreatingFailedPod',
    say: ({ metadata }) =>
      `StatefulSet ${metadata.namespace}/${set.metadata.name} is recreating failed Pod ${metadata.name}`,
  })
  const all = listObjects(world.kube, 'Pod', set.metadata.namespace).filter(pod =>
    pod.metadata.ownerReferences?.some(reference => reference.uid === set.metadata.uid),
  )
  for (let index = 0; index < set.spec.replicas; index++) {
    const name = `${set.metadata.name}-${index}`
    const pod = all.find(candidate => candidate.metadata.name === name)
    if (pod !== undefined && pod.metadata.labels?.['controller-revision-hash'] !== revision) {
      deleteOwned(world, set, pod)
      break
    }
    if (pod !== undefined && isPodReady(pod)) continue
    if (pod?.status?.phase === 'Pending') claimsFor(world, set, name)
    if (pod === undefined) {
      const volumes = claimsFor(world, set, name)
      makePod(world, {
        owner: set,
        name,
        labels: { 'controller-revision-hash': revision, 'statefulset.kubernetes.io/pod-name': name },
        adapt: spec => ({
          ...spec,
          hostname: name,
          subdomain: set.spec.serviceName,
          volumes: [...(spec.volumes ?? []), ...volumes],
        }),
      })
    }
    if (set.spec.podManagementPolicy !== 'Parallel') break
  }
  for (const pod of all)
    if (Number(pod.metadata.name.split('-').at(-1)) >= set.spec.replicas) deleteOwned(world, set, pod)
  const ready = livePodsOf(world, set).filter(isPodReady).length
  const replicas = livePodsOf(world, set).length
  changeStatus(world, set, {
    availableReplicas: ready,
    collisionCount: 0,
    currentReplicas: replicas,
    currentRevision: revision,
    observedGeneration: set.metadata.generation ?? 1,
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    replicas,
    updateRevision: revision,
    updatedReplicas: replicas,
  })
}

/** Daemon sets keep a pod on each node that fits. */
export const syncDaemonSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'DaemonSet')) syncDaemonSet(world, set)
}

/** Stateful sets keep their numbered pods with their claims. */
export const syncStatefulSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'StatefulSet')) syncStatefulSet(world, set)
}
