import { recordEvent } from '../../kube/events.ts'
import { inOrder } from '../../kube/in-order.ts'
import { hashOf } from '../../kube/pod.ts'
import { changeStatus, isOwnedBy, listObjects, ownerOf, putObject, touchObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { lastRefusal } from './creation-failures.ts'
import { deleteOwned, isPodReady, livePodsOf, makePod, nameBelow } from './make-pod.ts'

const REVISION = 'deployment.kubernetes.io/revision'

const MOST_HASHES = 500
const hashes = new Map<string, string>()

/** The hash of a pod template as it stands in names: a number whose digits are written in letters and digits that make no word. */
export const templateHash = (template: KubeValue): string => {
  const text = JSON.stringify(template)
  const known = hashes.get(text)
  if (known !== undefined) return known
  if (hashes.size >= MOST_HASHES) hashes.clear()
  const number = Number.parseInt(hashOf(JSON.stringify(inOrder(template)), 8), 16)
  const hash = [...String(number)].map(digit => '456789bcdf'[Number(digit)]).join('')
  hashes.set(text, hash)
  return hash
}

/** The replica sets of a deployment. */
export const replicaSetsOf = (world: World, deployment: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'ReplicaSet', deployment.metadata.namespace).filter(rs => isOwnedBy(rs, deployment))

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

const scaleTo = (
  world: World,
  deployment: KubeObject,
  { set, to }: { set: KubeObject; to: number },
): void => {
  const from = set.spec.replicas
  if (from === to) return
  set.spec.replicas = to
  touchObject(world, set)
  recordEvent(world, {
    about: deployment,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${to > from ? 'up' : 'down'} replica set ${set.metadata.name} to ${to} from ${from}`,
    source: 'deployment-controller',
  })
}

const readyIn = (world: World, set: KubeObject): number => livePodsOf(world, set).filter(isPodReady).length

/** A number of pods, or a percentage of all rounded. */
export const shareOf = (value: string | number, of: number, round: (n: number) => number): number =>
  typeof value === 'number' ? value : round((Number.parseInt(value, 10) / 100) * of)

/** Moves replicas from the old sets to the new one, as far as surge and readiness allow. */
const rollOut = (
  world: World,
  deployment: KubeObject,
  { current, old }: { current: KubeObject; old: readonly KubeObject[] },
): void => {
  const wanted: number = deployment.spec.replicas
  const { type, rollingUpdate } = deployment.spec.strategy ?? {}
  const oldTotal = old.reduce((sum, set) => sum + set.spec.replicas, 0)
  if (type === 'Recreate' && oldTotal > 0) {
    for (const set of old) scaleTo(world, deployment, { set, to: 0 })
    return
  }
  const surge = shareOf(rollingUpdate?.maxSurge ?? '25%', wanted, Math.ceil)
  const unavailable = shareOf(rollingUpdate?.maxUnavailable ?? '25%', wanted, Math.floor)
  const room = Math.max(0, wanted + surge - oldTotal)
  const grown = oldTotal === 0 ? wanted : Math.min(wanted, Math.max(current.spec.replicas, room))
  scaleTo(world, deployment, { set: current, to: grown })
  let spare = [current, ...old].reduce((sum, set) => sum + readyIn(world, set), 0) - (wanted - unavailable)
  for (const set of old) {
    const unready = set.spec.replicas - readyIn(world, set)
    const down = Math.min(set.spec.replicas, unready + Math.max(0, spare))
    if (down <= 0) continue
    spare -= Math.max(0, down - unready)
    scaleTo(world, deployment, { set, to: set.spec.replicas - down })
  }
}

/** How many pods a deployment has: all, those of its current set, and those that are ready. */
type Tally = { readonly ready: number; readonly updated: number; readonly total: number }

const conditionsOf = (
  world: World,
  deployment: KubeObject,
  { ready, updated, total, current }: Tally & { readonly current: KubeObject },
): KubeValue => {
  const { status: old, spec } = deployment
  const before: readonly KubeValue[] = old?.conditions ?? []
  const wanted: number = deployment.spec.replicas
  const least =
    wanted - shareOf(deployment.spec.strategy?.rollingUpdate?.maxUnavailable ?? 0, wanted, Math.floor)
  const isAvailable = ready >= least
  const told = before.find(c => c.type === 'Progressing')
  const isToldOfCurrent = told?.message?.includes(`"${current.metadata.name}"`) === true
  // What was complete once stays so for as long as no other set takes part, whatever becomes of its pods.
  const isDone =
    (updated === wanted && total === wanted && ready === wanted) ||
    (isToldOfCurrent && told.reason === 'NewReplicaSetAvailable' && total === updated)
  const hasProgressed =
    !isToldOfCurrent || updated > (old?.updatedReplicas ?? 0) || ready > (old?.readyReplicas ?? 0)
  const isLate =
    !hasProgressed &&
    (told.reason === 'ProgressDeadlineExceeded' ||
      world.nowMs - msOf(told.lastUpdateTime) > (spec.progressDeadlineSeconds ?? 600) * 1000)
  const progress = isDone
    ? ['True', 'NewReplicaSetAvailable', `ReplicaSet "${current.metadata.name}" has successfully progressed.`]
    : isLate
      ? [
          'False',
          'ProgressDeadlineExceeded',
          `ReplicaSet "${current.metadata.name}" has timed out progressing.`,
        ]
      : ['True', 'ReplicaSetUpdated', `ReplicaSet "${current.metadata.name}" is progressing.`]
  const make = (type: string, [status, reason, message]: readonly (string | undefined)[]): KubeValue => {
    const known = before.find(c => c.type === type)
    const now = isoOf(world.nowMs)
    const isNews = type === 'Progressing' && !isDone && hasProgressed
    if (!isNews && known?.status === status && known?.reason === reason) return known
    return {
      lastTransitionTime: known?.status === status ? known?.lastTransitionTime : now,
      lastUpdateTime: now,
      message,
      reason,
      status,
      type,
    }
  }
  return [
    make(
      'Available',
      isAvailable
        ? ['True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.']
        : ['False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'],
    ),
    make('Progressing', progress),
    ...(current.status?.conditions ?? []),
  ]
}

/** The condition of a replica set that lacks pods because the API server refuses them. */
const failureOf = (world: World, set: KubeObject): KubeValue => {
  if (livePodsOf(world, set).length >= set.spec.replicas) return {}
  const refusal = lastRefusal(world, set)
  if (refusal === undefined) return {}
  const { message, since } = refusal
  return {
    conditions: [
      { lastTransitionTime: since, message, reason: 'FailedCreate', status: 'True', type: 'ReplicaFailure' },
    ],
  }
}

const syncDeployment = (world: World, deployment: KubeObject): void => {
  const sets = replicaSetsOf(world, deployment)
  const hash = templateHash(deployment.spec.template)
  const newest = Math.max(0, ...sets.map(set => Number(set.metadata.annotations?.[REVISION] ?? 0)))
  const found = sets.find(set => hashIn(set) === hash)
  const current = found ?? createReplicaSet(world, deployment, newest + 1)
  const old = sets.filter(set => set !== current && set.spec.replicas > 0)
  if (found !== undefined && Number(found.metadata.annotations?.[REVISION]) < newest)
    found.metadata.annotations = { ...found.metadata.annotations, [REVISION]: String(newest + 1) }
  deployment.metadata.annotations = {
    ...deployment.metadata.annotations,
    [REVISION]: current.metadata.annotations?.[REVISION] ?? '1',
  }
  if (deployment.spec.paused !== true) rollOut(world, deployment, { current, old })
  const ready = [current, ...old].reduce((sum, set) => sum + readyIn(world, set), 0)
  const updated = livePodsOf(world, current).length
  const total = updated + old.reduce((sum, set) => sum + livePodsOf(world, set).length, 0)
  const wanted: number = deployment.spec.replicas
  changeStatus(world, deployment, {
    ...(ready === 0 ? {} : { availableReplicas: ready }),
    conditions: conditionsOf(world, deployment, { ready, updated, total, current }),
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    ...(total === 0 ? {} : { replicas: total }),
    ...(ready >= wanted ? {} : { unavailableReplicas: wanted - ready }),
    ...(updated === 0 ? {} : { updatedReplicas: updated }),
  })
}

const rank = (pod: KubeObject): number => (pod.spec?.nodeName === undefined ? 0 : isPodReady(pod) ? 2 : 1)

const syncReplicaSet = (world: World, set: KubeObject): void => {
  const pods = livePodsOf(world, set)
  for (let missing = set.spec.replicas - pods.length; missing > 0; missing--)
    if (makePod(world, { owner: set, name: nameBelow(world, set.metadata.name) }) === undefined) break
  const surplus = pods.length - set.spec.replicas
  if (surplus > 0)
    for (const pod of [...pods].sort((a, b) => rank(a) - rank(b)).slice(0, surplus))
      deleteOwned(world, set, pod)
  const ready = livePodsOf(world, set).filter(isPodReady).length
  changeStatus(world, set, {
    ...(ready === 0 ? {} : { availableReplicas: ready, readyReplicas: ready }),
    ...failureOf(world, set),
    fullyLabeledReplicas: set.spec.replicas,
    observedGeneration: set.metadata.generation ?? 1,
    replicas: livePodsOf(world, set).length,
  })
}

/** Deployments keep a replica set of their template and roll over to it. */
export const syncDeployments = (world: World): void => {
  for (const deployment of listObjects(world.kube, 'Deployment')) syncDeployment(world, deployment)
}

/** Replica sets keep their number of pods. */
export const syncReplicaSets = (world: World): void => {
  for (const set of listObjects(world.kube, 'ReplicaSet')) syncReplicaSet(world, set)
}
