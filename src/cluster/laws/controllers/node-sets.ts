import { changeStatus, isOwnedBy, listObjects } from '../../kube/store.ts'
import { podTolerations } from '../../relations/admission/admit-pod.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fitsNode, toleratesTaints } from '../scheduling/fit.ts'
import { clearFailed } from './clear-failed.ts'
import { deleteOwned, isPodAvailable, isPodReady, livePodsOf, makePod, nameBelow } from './make-pod.ts'
import { keepRevision } from './revisions.ts'
import { shareOf } from './share-of.ts'
import { templateHash } from './template-hash.ts'

const GENERATION = 'deprecated.daemonset.template.generation'

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

/** A daemon set with what it has and where it wants it. */
type Pass = {
  readonly set: KubeObject
  readonly hash: string
  readonly pods: readonly KubeObject[]
  readonly nodes: readonly string[]
}

const NOBODY: ReadonlySet<string> = new Set()

/** Ends pods of an older template as far as may be lacking; gives the nodes where a new one comes before the old one goes. */
const renew = (world: World, pass: Pass): ReadonlySet<string> => {
  const { set, hash, pods, nodes } = pass
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {}
  if (type === 'OnDelete') return NOBODY
  const surge = shareOf(rollingUpdate?.maxSurge ?? 0, nodes.length, Math.ceil)
  if (surge > 0) return renewSurging(world, pass, surge)
  const isOld = (pod: KubeObject): boolean => pod.metadata.labels?.['controller-revision-hash'] !== hash
  const isThere = (pod: KubeObject): boolean => isPodAvailable(world, set, pod)
  const available = pods.filter(pod => nodes.includes(targetOf(pod)) && isThere(pod)).length
  const most = Math.max(1, shareOf(rollingUpdate?.maxUnavailable ?? 1, nodes.length, Math.ceil))
  const spare = Math.max(0, most - (nodes.length - available))
  const outdated = pods.filter(isOld)
  for (const pod of [...outdated.filter(pod => !isThere(pod)), ...outdated.filter(isThere).slice(0, spare)])
    deleteOwned(world, set, pod)
  return NOBODY
}

/** Renews node by node: an old pod goes once the new one beside it is available. */
const renewSurging = (world: World, { set, hash, pods, nodes }: Pass, surge: number): ReadonlySet<string> => {
  const isOld = (pod: KubeObject): boolean => pod.metadata.labels?.['controller-revision-hash'] !== hash
  const waiting: string[] = []
  let under = 0
  for (const node of nodes) {
    const here = pods.filter(pod => targetOf(pod) === node)
    const old = here.find(isOld)
    if (old === undefined) continue
    const fresh = here.find(pod => !isOld(pod))
    if (fresh === undefined) waiting.push(node)
    else if (isPodAvailable(world, set, fresh)) deleteOwned(world, set, old)
    else under += 1
  }
  return new Set(waiting.slice(0, Math.max(0, surge - under)))
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 900_000

/** Whether a failed pod may be cleared from a node: each time that it is, the next one lies there twice as long. */
const mayClear = ({ kube, nowMs }: World, place: string): boolean => {
  kube.failedPodWaits ??= {}
  const { sinceMs, waitMs } = kube.failedPodWaits[place] ?? { sinceMs: 0, waitMs: 0 }
  const passedMs = nowMs - sinceMs
  if (passedMs < waitMs) return false
  const isLongAgo = passedMs > 2 * LONGEST_WAIT_MS
  const nextMs = waitMs === 0 || isLongAgo ? FIRST_WAIT_MS : Math.min(LONGEST_WAIT_MS, waitMs * 2)
  kube.failedPodWaits[place] = { sinceMs: nowMs, waitMs: nextMs }
  return true
}

const syncDaemonSet = (world: World, set: KubeObject): void => {
  const hash = templateHash(set.spec.template)
  const generation = String(keepRevision(world, set, hash))
  if (set.metadata.annotations?.[GENERATION] !== generation)
    set.metadata.annotations = { ...set.metadata.annotations, [GENERATION]: generation }
  const all = listObjects(world.kube, 'Node')
  const nodes = all.filter(node => wants(set, node))
  const names = new Set(nodes.map(node => node.metadata.name))
  const spared = new Set(all.filter(node => lets(set, node)).map(node => node.metadata.name))
  clearFailed(world, set, {
    reason: 'FailedDaemonPod',
    say: ({ metadata, spec }) =>
      `Found failed daemon pod ${metadata.namespace}/${metadata.name} on node ${spec?.nodeName}, will try to kill it`,
    isDue: pod => mayClear(world, `${set.metadata.uid}/${generation}/${targetOf(pod)}`),
  })
  const pods = livePodsOf(world, set)
  for (const pod of pods) if (!spared.has(targetOf(pod))) deleteOwned(world, set, pod)
  const surging = renew(world, { set, hash, pods, nodes: [...names] })
  // One that is on its way out keeps its place until it is gone.
  const kept = listObjects(world.kube, 'Pod', set.metadata.namespace).filter(pod => isOwnedBy(pod, set))
  for (const name of names)
    if (surging.has(name) || !kept.some(pod => targetOf(pod) === name))
      makePod(world, {
        owner: set,
        name: nameBelow(world, set.metadata.name),
        labels: {
          'controller-revision-hash': hash,
          'pod-template-generation': generation,
        },
        adapt: pinTo(name),
      })
  const live = livePodsOf(world, set)
  const now = live.filter(pod => names.has(targetOf(pod)))
  const nodesOf = (some: readonly KubeObject[]): number => new Set(some.map(targetOf)).size
  const available = nodesOf(now.filter(pod => isPodAvailable(world, set, pod)))
  const updated = nodesOf(now.filter(pod => pod.metadata.labels?.['controller-revision-hash'] === hash))
  changeStatus(world, set, {
    currentNumberScheduled: nodesOf(now),
    desiredNumberScheduled: nodes.length,
    ...(available === 0 ? {} : { numberAvailable: available }),
    numberMisscheduled: nodesOf(live) - nodesOf(now),
    numberReady: nodesOf(now.filter(isPodReady)),
    ...(available >= nodes.length ? {} : { numberUnavailable: nodes.length - available }),
    observedGeneration: set.metadata.generation ?? 1,
    ...(updated === 0 ? {} : { updatedNumberScheduled: updated }),
  })
}

/** Daemon sets keep a pod on each node that fits. */
export const syncDaemonSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'DaemonSet')) syncDaemonSet(world, set)
}
