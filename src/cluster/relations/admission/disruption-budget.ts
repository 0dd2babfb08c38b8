import { fitsSelector } from '../../kube/labels.ts'
import { listObjects } from '../../kube/store.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** How a budget stands: the pods that it counts, those that are well, and how many may go. */
export type BudgetState = {
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly disruptionsAllowed: number
  readonly expectedPods: number
}

const share = (value: string | number, of: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) / 100) * of)

const isWell = ({ status, metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp === undefined &&
  status?.conditions?.some(
    (c: { type: string; status: string }) => c.type === 'Ready' && c.status === 'True',
  ) === true

const podsOf = (world: World, { metadata, spec }: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod', metadata.namespace).filter(
    pod =>
      fitsSelector(pod.metadata.labels, spec?.selector) &&
      pod.status?.phase !== 'Succeeded' &&
      pod.status?.phase !== 'Failed',
  )

/** The number of pods that the owner of a pod wants: what a share in percent is taken of. */
const wantedBy = (world: World, pods: readonly KubeObject[]): number => {
  const owners = new Set(pods.map(pod => pod.metadata.ownerReferences?.[0]?.uid))
  const sets = ['ReplicaSet', 'StatefulSet'].flatMap(kind => listObjects(world.kube, kind))
  const wanted = sets
    .filter(set => owners.has(set.metadata.uid))
    .reduce((sum, set) => sum + (set.spec?.replicas ?? 0), 0)
  return Math.max(wanted, pods.length)
}

/** How a budget stands now. */
export const budgetState = (world: World, budget: KubeObject): BudgetState => {
  const pods = podsOf(world, budget)
  const expectedPods = wantedBy(world, pods)
  const { minAvailable, maxUnavailable } = budget.spec ?? {}
  const desiredHealthy =
    maxUnavailable === undefined
      ? share(minAvailable ?? 1, expectedPods)
      : expectedPods - share(maxUnavailable, expectedPods)
  const currentHealthy = pods.filter(isWell).length
  return {
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
    expectedPods,
  }
}

/** The budget that an eviction of a pod would overdraw. */
export const exhaustedBudget = (world: World, pod: KubeObject): KubeObject | undefined =>
  listObjects(world.kube, 'PodDisruptionBudget', pod.metadata.namespace).find(
    budget =>
      fitsSelector(pod.metadata.labels, budget.spec?.selector) &&
      budgetState(world, budget).disruptionsAllowed <= 0 &&
      isWell(pod),
  )
