import { changeStatus, isOwnedBy, listObjects } from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fitsNode, toleratesTaints } from '../scheduling/fit.ts'
import { clearFailed } from './clear-failed.ts'
import { deleteOwned, isPodReady, livePodsOf, makePod, nameBelow, podTolerations } from './make-pod.ts'
import { shareOf, templateHash } from './replica-sets.ts'
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
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {}
  if (type !== 'OnDelete') {
    const outdated = pods.filter(pod => pod.metadata.labels?.['controller-revision-hash'] !== hash)
    const available = pods.filter(pod => names.has(targetOf(pod)) && isPodReady(pod)).length
    const most = Math.max(1, shareOf(rollingUpdate?.maxUnavailable ?? 1, nodes.length, Math.ceil))
    const spare = Math.max(0, most - (nodes.length - available))
    for (const pod of [
      ...outdated.filter(pod => !isPodReady(pod)),
      ...outdated.filter(isPodReady).slice(0, spare),
    ])
      deleteOwned(world, set, pod)
  }
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

/** Daemon sets keep a pod on each node that fits. */
export const syncDaemonSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'DaemonSet')) syncDaemonSet(world, set)
}
