import { fitsSelector } from '../../kube/labels.ts'
import { isOwnedBy, listObjects } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fitsNode } from './fit.ts'

const labelsOf = ({ metadata }: KubeObject): Readonly<Record<string, string>> => metadata.labels ?? {}

/** The pods of a pod's namespace that have a node and that a selector means. */
const placedPods = (world: World, pod: KubeObject, selector: KubeValue): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod', pod.metadata.namespace).filter(
    other =>
      other.spec?.nodeName !== undefined &&
      other.metadata.deletionTimestamp === undefined &&
      !isFinished(other) &&
      fitsSelector(other.metadata.labels, selector),
  )

/** The value that a node has for a label, by the node's name. */
const domainsOf = (nodes: readonly KubeObject[], key: string): ReadonlyMap<string, string> =>
  new Map(
    nodes.flatMap(node => {
      const value = labelsOf(node)[key]
      return value === undefined ? [] : [[node.metadata.name, value] as const]
    }),
  )

/** Why the pods that should be spread evenly keep one from a node. */
const spreadObstacle = (world: World, pod: KubeObject, node: KubeObject): string | undefined => {
  const strict = (pod.spec?.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }: KubeValue) => whenUnsatisfiable !== 'ScheduleAnyway',
  )
  for (const { topologyKey, maxSkew = 1, labelSelector } of strict) {
    const text = "node(s) didn't match pod topology spread constraints"
    const eligible = listObjects(world.kube, 'Node').filter(one => fitsNode(pod.spec, one))
    const domains = domainsOf(eligible, topologyKey)
    const own = domains.get(node.metadata.name)
    if (own === undefined) return `${text} (missing required label)`
    const counts = new Map([...domains.values()].map(domain => [domain, 0]))
    for (const { spec } of placedPods(world, pod, labelSelector)) {
      const domain = domains.get(spec.nodeName)
      if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1)
    }
    const self = fitsSelector(pod.metadata.labels, labelSelector) ? 1 : 0
    if ((counts.get(own) ?? 0) + self - Math.min(...counts.values()) > maxSkew) return text
  }
  return undefined
}

const setKinds = ['ReplicaSet', 'StatefulSet', 'ReplicationController'] as const

/** What the services of a pod and the set that it belongs to know their pods by. */
const ownSelectors = (world: World, pod: KubeObject): readonly KubeValue[] => {
  const { namespace, labels } = pod.metadata
  const byServices = listObjects(world.kube, 'Service', namespace)
    .filter(({ spec }) => spec.selector !== undefined)
    .map(({ spec }) => ({ matchLabels: spec.selector }))
    .filter(selector => fitsSelector(labels, selector))
  const bySets = setKinds.flatMap(kind =>
    listObjects(world.kube, kind, namespace)
      .filter(set => isOwnedBy(pod, set))
      .map(({ spec }) => (kind === 'ReplicationController' ? { matchLabels: spec.selector } : spec.selector)),
  )
  return [...byServices, ...bySets]
}

/** How many pods like one each node has, by its name: a scheduler spreads them over the nodes where the pod itself says nothing of that. */
export const likePods = (world: World, pod: KubeObject): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  const [first, ...others] = pod.spec?.topologySpreadConstraints === undefined ? ownSelectors(world, pod) : []
  if (first === undefined) return counts
  for (const { metadata, spec } of placedPods(world, pod, first))
    if (others.every(selector => fitsSelector(metadata.labels, selector)))
      counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1)
  return counts
}

/** Why a node is none of those where the pods are that one wants to be near. */
const affinityObstacle = (world: World, pod: KubeObject, node: KubeObject): string | undefined => {
  const terms = pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  const isMet = ({ topologyKey, labelSelector }: KubeValue): boolean => {
    const domains = domainsOf(listObjects(world.kube, 'Node'), topologyKey)
    const near = placedPods(world, pod, labelSelector)
    // The first of a group that wants to be together may begin anywhere.
    if (near.length === 0 && fitsSelector(pod.metadata.labels, labelSelector)) return true
    const own = domains.get(node.metadata.name)
    return own !== undefined && near.some(({ spec }) => domains.get(spec.nodeName) === own)
  }
  return terms.every(isMet) ? undefined : "node(s) didn't match pod affinity rules"
}

/** What about other pods keeps one from a node, in the scheduler's words. */
export const neighbourObstacle = (world: World, pod: KubeObject, node: KubeObject): string | undefined =>
  spreadObstacle(world, pod, node) ?? affinityObstacle(world, pod, node)
