import {
  changeStatus,
  isOwnedBy,
  listObjects,
  ownerOf,
  putObject,
  removeObject,
  touchObject,
} from '../../kube/store.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { conditionsOf, pausedConditions, type Tally } from './deployment-conditions.ts'
import { isPodAvailable, isPodReady, livePodsOf } from './make-pod.ts'
import { mostPods, scaleInProportion, scaleTo, sizeNotes } from './scale-rollout.ts'
import { shareOf } from './share-of.ts'
import { templateHash } from './template-hash.ts'

const REVISION = 'deployment.kubernetes.io/revision'

/** The replica sets of a deployment. */
export const replicaSetsOf = (world: World, deployment: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'ReplicaSet', deployment.metadata.namespace).filter(rs => isOwnedBy(rs, deployment))

/** What belongs to one object alone: `kubectl apply` and the controller keep these for each of their own. */
const ownAnnotations = new Set<string>([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  ...sizeNotes,
])

/** Notes at a replica set what is noted at its deployment, such as why it was changed. */
const copyAnnotations = (world: World, deployment: KubeObject, set: KubeObject): void => {
  const notes = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key, value]) => !ownAnnotations.has(key) && set.metadata.annotations?.[key] !== value,
  )
  if (notes.length === 0) return
  set.metadata.annotations = { ...set.metadata.annotations, ...Object.fromEntries(notes) }
  touchObject(world, set)
}

const hashIn = (set: KubeObject): string => set.metadata.labels?.['pod-template-hash'] ?? ''

const createReplicaSet = (world: World, deployment: KubeObject, revision: number): KubeObject => {
  const template = structuredClone(deployment.spec.template)
  const hash = templateHash(deployment.spec.template)
  template.metadata.labels = { ...template.metadata.labels, 'pod-template-hash': hash }
  return putObject(world, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? 'default',
      generation: 1,
      labels: { ...template.metadata.labels },
      annotations: { [REVISION]: String(revision) },
      ownerReferences: [ownerOf(deployment)],
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: { ...deployment.spec.selector.matchLabels, 'pod-template-hash': hash } },
      template,
    },
    status: { replicas: 0 },
  })
}

const readyIn = (world: World, set: KubeObject): number => livePodsOf(world, set).filter(isPodReady).length

const availableIn = (world: World, set: KubeObject): number =>
  livePodsOf(world, set).filter(pod => isPodAvailable(world, set, pod)).length

/** Takes from old sets first what is not available, then what is above the number needed, and never what the new set still lacks. */
const shrinkOld = (
  world: World,
  deployment: KubeObject,
  { current, old, needed }: { current: KubeObject; old: readonly KubeObject[]; needed: number },
): void => {
  const sets = [current, ...old]
  const lackingIn = (set: KubeObject): number => set.spec.replicas - availableIn(world, set)
  const ordered = [...old].sort((a, b) =>
    String(a.metadata.creationTimestamp).localeCompare(String(b.metadata.creationTimestamp)),
  )
  let dispensable = sets.reduce((sum, { spec }) => sum + spec.replicas, 0) - needed - lackingIn(current)
  if (dispensable <= 0) return
  let spare = sets.reduce((sum, set) => sum + availableIn(world, set), 0) - needed
  for (const set of ordered) {
    const idle = Math.min(Math.max(0, dispensable), lackingIn(set))
    const down = idle + Math.min(set.spec.replicas - idle, Math.max(0, spare))
    dispensable -= idle
    spare -= down - idle
    scaleTo(world, deployment, { set, to: set.spec.replicas - down })
  }
}

/** Moves replicas from the old sets to the new one, as far as surge and readiness allow. */
const rollOut = (
  world: World,
  deployment: KubeObject,
  { current, old, isNew }: { current: KubeObject; old: readonly KubeObject[]; isNew: boolean },
): void => {
  const wanted: number = deployment.spec.replicas
  const { type, rollingUpdate } = deployment.spec.strategy ?? {}
  const oldTotal = old.reduce((sum, set) => sum + set.spec.replicas, 0)
  if (type === 'Recreate' && oldTotal > 0) {
    for (const set of old) scaleTo(world, deployment, { set, to: 0 })
    return
  }
  const unavailable = shareOf(rollingUpdate?.maxUnavailable ?? '25%', wanted, Math.floor)
  const room = Math.max(0, mostPods(deployment) - oldTotal)
  const grown = oldTotal === 0 ? wanted : Math.min(wanted, Math.max(current.spec.replicas, room))
  scaleTo(world, deployment, { set: current, to: grown, isNew })
  shrinkOld(world, deployment, { current, old, needed: wanted - unavailable })
}

/** Where nothing rolls over, the newest set that has pods follows the number wanted. */
const scaleOnly = (world: World, deployment: KubeObject, sets: readonly KubeObject[]): void => {
  const set = [...sets].sort((a, b) => revisionOf(b) - revisionOf(a))[0]
  const others = sets.reduce((sum, one) => sum + (one === set ? 0 : one.spec.replicas), 0)
  if (set !== undefined)
    scaleTo(world, deployment, { set, to: Math.max(0, deployment.spec.replicas - others) })
}

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.[REVISION] ?? 0)

/** Removes the oldest sets that have no pods, beyond as many as are to be kept. */
const dropOldSets = (world: World, deployment: KubeObject, current: KubeObject): void => {
  const idle = replicaSetsOf(world, deployment)
    .filter(set => set !== current && set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0)
    .sort((a, b) => revisionOf(b) - revisionOf(a))
  for (const set of idle.slice(deployment.spec.revisionHistoryLimit ?? 10)) removeObject(world, set)
}

/** The set of a deployment's template, which becomes its newest revision; `undefined` where it is paused and has none yet. */
const currentSet = (
  world: World,
  deployment: KubeObject,
  sets: readonly KubeObject[],
): KubeObject | undefined => {
  const hash = templateHash(deployment.spec.template)
  const newest = Math.max(0, ...sets.map(revisionOf))
  const found = sets.find(set => hashIn(set) === hash)
  if (deployment.spec.paused === true) return found
  const current = found ?? createReplicaSet(world, deployment, newest + 1)
  if (revisionOf(current) < newest)
    current.metadata.annotations = { ...current.metadata.annotations, [REVISION]: String(newest + 1) }
  if (deployment.spec.minReadySeconds !== current.spec.minReadySeconds)
    current.spec.minReadySeconds = deployment.spec.minReadySeconds
  copyAnnotations(world, deployment, current)
  deployment.metadata.annotations = {
    ...deployment.metadata.annotations,
    [REVISION]: String(revisionOf(current)),
  }
  return current
}

/** Moves replicas where a deployment is to have them; what its conditions then say. */
const proceed = (
  world: World,
  deployment: KubeObject,
  {
    current,
    old,
    isNew,
  }: {
    readonly current: KubeObject | undefined
    readonly old: readonly KubeObject[]
    readonly isNew: boolean
  },
): ((tally: Tally) => KubeValue) => {
  if (current !== undefined && deployment.spec.paused !== true) {
    scaleInProportion(
      world,
      deployment,
      [current, ...old].filter(({ spec }) => spec.replicas > 0),
    )
    rollOut(world, deployment, { current, old, isNew })
    return tally => conditionsOf(world, deployment, { ...tally, current })
  }
  scaleOnly(world, deployment, old.length === 0 && current !== undefined ? [current] : old)
  return tally => pausedConditions(world, deployment, tally)
}

const syncDeployment = (world: World, deployment: KubeObject): void => {
  const sets = replicaSetsOf(world, deployment)
  const current = currentSet(world, deployment, sets)
  const old = sets.filter(set => set !== current && set.spec.replicas > 0)
  const all = [...(current === undefined ? [] : [current]), ...old]
  const isNew = current !== undefined && !sets.includes(current)
  const conditions = proceed(world, deployment, { current, old, isNew })
  const sum = (count: (set: KubeObject) => number): number => all.reduce((so, set) => so + count(set), 0)
  const ready = sum(set => readyIn(world, set))
  const available = sum(set => availableIn(world, set))
  const updated = current === undefined ? 0 : livePodsOf(world, current).length
  const total = sum(set => livePodsOf(world, set).length)
  const lacking = all.reduce((so, { spec }) => so + spec.replicas, 0) - available
  changeStatus(world, deployment, {
    ...(available === 0 ? {} : { availableReplicas: available }),
    conditions: conditions({ ready, available, updated, total }),
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    ...(total === 0 ? {} : { replicas: total }),
    ...(lacking <= 0 ? {} : { unavailableReplicas: lacking }),
    ...(updated === 0 ? {} : { updatedReplicas: updated }),
  })
  if (current !== undefined && deployment.spec.paused !== true) dropOldSets(world, deployment, current)
}

/** Deployments keep a replica set of their template and roll over to it. */
export const syncDeployments = (world: World): void => {
  for (const deployment of listObjects(world.kube, 'Deployment')) syncDeployment(world, deployment)
}
