import { numberOf } from '../../kube/quantity.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { fitsNode, untolerated } from './fit.ts'
import { neighbourObstacle } from './neighbours-wanted.ts'

/** Amounts of what nodes have, by name: cores, bytes, or pieces. */
export type Amounts = Readonly<Record<string, number>>

const amountsOf = ({ resources }: KubeValue): Amounts =>
  Object.fromEntries(
    Object.entries({ ...resources?.limits, ...resources?.requests }).map(([name, amount]) => [
      name,
      numberOf(String(amount)),
    ]),
  )

const merge = (all: readonly Amounts[], join: (a: number, b: number) => number): Amounts => {
  const sums: Record<string, number> = {}
  for (const amounts of all)
    for (const [name, amount] of Object.entries(amounts)) sums[name] = join(sums[name] ?? 0, amount)
  return sums
}

const add = (a: number, b: number): number => a + b

/** What a pod asks for: its containers together, or its first ones each for itself, whichever is more. */
export const requestsOf = ({ spec }: KubeObject): Amounts =>
  merge(
    [
      merge((spec?.containers ?? []).map(amountsOf), add),
      merge((spec?.initContainers ?? []).map(amountsOf), Math.max),
    ],
    Math.max,
  )

/** A node with what pods on it ask for already. */
export type NodeRoom = {
  readonly node: KubeObject
  readonly pods: number
  readonly asked: Amounts
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

const priorityOf = ({ spec }: KubeObject): number => spec?.priority ?? 0

/** Whether a place on a node is kept for a pod that others make room for, and that comes before another. */
const isPromised = (pod: KubeObject, node: KubeObject, comer: KubeObject | undefined): boolean =>
  comer !== undefined &&
  pod !== comer &&
  pod.spec?.nodeName === undefined &&
  pod.status?.nominatedNodeName === node.metadata.name &&
  priorityOf(pod) >= priorityOf(comer)

/** How much room a node has left for a pod, or would have without some others. */
export const roomOf = (
  world: World,
  node: KubeObject,
  { without, comer }: { readonly without?: ReadonlySet<KubeObject>; readonly comer?: KubeObject } = {},
): NodeRoom => {
  const pods = listObjects(world.kube, 'Pod').filter(
    pod =>
      (pod.spec?.nodeName === node.metadata.name && !isFinished(pod) && without?.has(pod) !== true) ||
      isPromised(pod, node, comer),
  )
  const asked = merge(pods.map(requestsOf), add)
  const { allocatable } = node.status ?? {}
  const share = (name: string): number => (asked[name] ?? 0) / numberOf(allocatable?.[name])
  return {
    node,
    pods: pods.length,
    asked,
    hostPorts: new Set(pods.flatMap(hostPortsOf)),
    share: Math.max(share('cpu'), share('memory')),
  }
}

/** What a node has too little of for a pod, each in a line of its own; `undefined` where it has enough. */
const shortage = (pod: KubeObject, { node, asked, pods }: NodeRoom): string | undefined => {
  const { allocatable } = node.status ?? {}
  const lacking = Object.entries(requestsOf(pod))
    .filter(
      ([name, amount]) => amount > 0 && (asked[name] ?? 0) + amount > numberOf(allocatable?.[name] ?? '0'),
    )
    .map(([name]) => `Insufficient ${name}`)
  const all = [...(pods >= numberOf(allocatable?.pods) ? ['Too many pods'] : []), ...lacking.sort()]
  return all.length === 0 ? undefined : all.join('\n')
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

/** Why a pod cannot go to a node, in the scheduler's words, a reason a line; `undefined` when it can. */
export const nodeObstacle = (world: World, pod: KubeObject, room: NodeRoom): string | undefined => {
  const { node } = room
  const taint = untolerated(pod.spec, node.spec?.taints ?? [])
  if (taint?.key === 'node.kubernetes.io/unschedulable') return 'node(s) were unschedulable'
  if (taint !== undefined) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`
  if (!fitsNode(pod.spec, node)) return "node(s) didn't match Pod's node affinity/selector"
  if (hostPortsOf(pod).some(port => room.hostPorts.has(port)))
    return "node(s) didn't have free ports for the requested pod ports"
  const short = shortage(pod, room)
  if (short !== undefined) return short
  if (!volumesFit(world, pod, node)) return 'node(s) had volume node affinity conflict'
  return antiAffinityHolds(world, pod, node)
    ? neighbourObstacle(world, pod, node)
    : "node(s) didn't match pod anti-affinity rules"
}
