import { numberOf } from '../../kube/quantity.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fitsNode, untolerated } from './fit.ts'
import { neighbourObstacle } from './neighbours-wanted.ts'

/** What pods ask for together: cores and bytes. */
export const requestsOf = (pod: KubeObject): { readonly cpu: number; readonly memory: number } => {
  const sum = (specs: readonly KubeValue[], what: string): number =>
    specs.reduce(
      (total, spec) => total + numberOf(spec.resources?.requests?.[what] ?? spec.resources?.limits?.[what]),
      0,
    )
  const specs = pod.spec?.containers ?? []
  return { cpu: sum(specs, 'cpu'), memory: sum(specs, 'memory') }
}

/** A node with what pods on it ask for already. */
export type NodeRoom = {
  readonly node: KubeObject
  readonly pods: number
  readonly cpu: number
  readonly memory: number
  readonly hostPorts: ReadonlySet<number>
  /** The larger of the asked shares of cpu and memory. */
  readonly share: number
}

const hostPortsOf = (pod: KubeObject): readonly number[] =>
  (pod.spec?.containers ?? []).flatMap((c: KubeValue) =>
    (c.ports ?? [])
      .map((p: KubeValue) => p.hostPort ?? (pod.spec.hostNetwork === true ? p.containerPort : undefined))
      .filter((port: number | undefined) => port !== undefined),
  )

/** How much room a node has left, or would have without some pods. */
export const roomOf = (
  world: World,
  node: KubeObject,
  without: ReadonlySet<KubeObject> = new Set(),
): NodeRoom => {
  const pods = listObjects(world.kube, 'Pod').filter(
    p => p.spec?.nodeName === node.metadata.name && !isFinished(p) && !without.has(p),
  )
  const cpu = pods.reduce((sum, pod) => sum + requestsOf(pod).cpu, 0)
  const memory = pods.reduce((sum, pod) => sum + requestsOf(pod).memory, 0)
  const { allocatable } = node.status ?? {}
  return {
    node,
    pods: pods.length,
    cpu,
    memory,
    hostPorts: new Set(pods.flatMap(hostPortsOf)),
    share: Math.max(cpu / numberOf(allocatable?.cpu), memory / numberOf(allocatable?.memory)),
  }
}

const claimNames = (pod: KubeObject): readonly string[] =>
  (pod.spec?.volumes ?? []).flatMap((v: KubeValue) =>
    v.persistentVolumeClaim ? [v.persistentVolumeClaim.claimName] : [],
  )

const claimsOf = (world: World, pod: KubeObject): readonly (KubeObject | string)[] =>
  claimNames(pod).map(
    name =>
      getObject(world.kube, { kind: 'PersistentVolumeClaim', namespace: pod.metadata.namespace, name }) ??
      name,
  )

const waitsForPlace = (world: World, claim: KubeObject): boolean =>
  getObject(world.kube, { kind: 'StorageClass', name: claim.spec?.storageClassName ?? '' })
    ?.volumeBindingMode === 'WaitForFirstConsumer'

/** The claims of a pod that are bound once it has a node. */
export const claimsToPlace = (world: World, pod: KubeObject): readonly KubeObject[] =>
  claimsOf(world, pod).filter(
    (claim): claim is KubeObject => typeof claim !== 'string' && claim.status?.phase !== 'Bound',
  )

/** What about a pod's claims keeps it from every node. */
export const claimObstacle = (world: World, pod: KubeObject): string | undefined => {
  for (const claim of claimsOf(world, pod)) {
    if (typeof claim === 'string') return `persistentvolumeclaim "${claim}" not found`
    if (claim.metadata.deletionTimestamp !== undefined)
      return `persistentvolumeclaim "${claim.metadata.name}" is being deleted`
    if (claim.status?.phase === 'Lost')
      return `persistentvolumeclaim "${claim.metadata.name}" bound to non-existent persistentvolume "${claim.spec?.volumeName}"`
    if (claim.status?.phase === 'Bound' || waitsForPlace(world, claim)) continue
    return 'pod has unbound immediate PersistentVolumeClaims'
  }
  return undefined
}

const volumesFit = (world: World, pod: KubeObject, node: KubeObject): boolean =>
  claimsOf(world, pod).every(claim => {
    if (typeof claim === 'string') return false
    const volume = getObject(world.kube, { kind: 'PersistentVolume', name: claim.spec?.volumeName ?? '' })
    const terms = volume?.spec?.nodeAffinity?.required
    return (
      terms === undefined ||
      fitsNode(
        { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } },
        node,
      )
    )
  })

const antiAffinityHolds = (world: World, pod: KubeObject, node: KubeObject): boolean => {
  const terms = pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  return terms.every((term: KubeValue) =>
    listObjects(world.kube, 'Pod', pod.metadata.namespace).every(
      other =>
        other.spec?.nodeName !== node.metadata.name ||
        Object.entries(term.labelSelector?.matchLabels ?? {}).some(
          ([k, v]) => other.metadata.labels?.[k] !== v,
        ),
    ),
  )
}

/** Why a pod cannot go to a node, in the scheduler's words; `undefined` when it can. */
export const nodeObstacle = (world: World, pod: KubeObject, room: NodeRoom): string | undefined => {
  const { node } = room
  const taint = untolerated(pod.spec, node.spec?.taints ?? [])
  if (taint?.key === 'node.kubernetes.io/unschedulable') return 'node(s) were unschedulable'
  if (taint !== undefined) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`
  if (!fitsNode(pod.spec, node)) return "node(s) didn't match Pod's node affinity/selector"
  if (hostPortsOf(pod).some(port => room.hostPorts.has(port)))
    return "node(s) didn't have free ports for the requested pod ports"
  const { allocatable } = node.status ?? {}
  const wanted = requestsOf(pod)
  if (room.pods >= numberOf(allocatable?.pods)) return 'Too many pods'
  if (room.cpu + wanted.cpu > numberOf(allocatable?.cpu)) return 'Insufficient cpu'
  if (room.memory + wanted.memory > numberOf(allocatable?.memory)) return 'Insufficient memory'
  if (!volumesFit(world, pod, node)) return 'node(s) had volume node affinity conflict'
  return antiAffinityHolds(world, pod, node)
    ? neighbourObstacle(world, pod, node)
    : "node(s) didn't match pod anti-affinity rules"
}
