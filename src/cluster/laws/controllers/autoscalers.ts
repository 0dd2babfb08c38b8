import { recordEvent } from '../../kube/events.ts'
import { fitsSelector } from '../../kube/labels.ts'
import { uidOf } from '../../kube/pod.ts'
import { numberOf } from '../../kube/quantity.ts'
import { changeStatus, getObject, listObjects, touchObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { hostOfNode } from '../../relations/cluster-hosts.ts'
import { availabilityOf, isMeasured, metricsApiOf } from '../../relations/metrics-api.ts'
import { containersOf, isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

const STABLE_MS = 300_000
const TOLERANCE = 0.1
const USUAL_PERCENT = 80

/** The share of what pods ask for that an autoscaler aims at, in percent. */
export const wantedPercent = ({ spec }: KubeObject): number =>
  spec?.targetCPUUtilizationPercentage ??
  (spec?.metrics ?? []).find((m: KubeValue) => m.resource?.name === 'cpu')?.resource.target
    ?.averageUtilization ??
  USUAL_PERCENT

type Measure = { readonly percent: number; readonly millis: number } | { readonly problem: string }

const cpuMillisOf = (world: World, pod: KubeObject): number | undefined => {
  const place = hostOfNode(world, pod.spec?.nodeName ?? '')
  const node = getObject(world.kube, { kind: 'Node', name: pod.spec?.nodeName ?? '' })
  if (place === undefined || node === undefined || !isMeasured(world, node)) return undefined
  const running = containersOf(place.machine, uidOf(pod)).filter(({ state }) => state === 'running')
  return running.length === 0 ? undefined : running.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0)
}

const unfetched = (why: string): Measure => ({
  problem: `failed to get cpu utilization: unable to get metrics for resource cpu: ${why}`,
})

const measure = (world: World, pods: readonly KubeObject[]): Measure => {
  const api = metricsApiOf(world)
  if (api === undefined)
    return unfetched(
      'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
    )
  if (!availabilityOf(world, api).isAvailable)
    return unfetched(
      'unable to fetch metrics from resource metrics API: the server is currently unable to handle the request (get pods.metrics.k8s.io)',
    )
  const measured = pods.flatMap(pod => {
    const millis = cpuMillisOf(world, pod)
    return millis === undefined ? [] : [{ pod, millis }]
  })
  if (measured.length === 0) return unfetched('no metrics returned from resource metrics API')
  let asked = 0
  for (const { pod } of measured)
    for (const container of pod.spec?.containers ?? []) {
      const cpu = container.resources?.requests?.cpu ?? container.resources?.limits?.cpu
      if (cpu === undefined)
        return {
          problem: `failed to get cpu utilization: missing request for cpu in container ${container.name} of Pod ${pod.metadata.name}`,
        }
      asked += numberOf(cpu) * 1000
    }
  if (asked === 0) return { problem: 'failed to get cpu utilization: no metrics returned matched known pods' }
  const used = measured.reduce((sum, { millis }) => sum + millis, 0)
  return { percent: Math.floor((used / asked) * 100), millis: Math.round(used / measured.length) }
}

const condition = (
  world: World,
  scaler: KubeObject,
  [type, status, reason, message]: readonly [string, string, string, string],
): KubeValue => {
  const before = scaler.status?.conditions?.find((c: KubeValue) => c.type === type)
  const isSame = before?.status === status && before?.reason === reason
  return {
    lastTransitionTime: isSame ? before.lastTransitionTime : isoOf(world.nowMs),
    message,
    reason,
    status,
    type,
  }
}

const found = [
  'AbleToScale',
  'True',
  'SucceededGetScale',
  "the HPA controller was able to get the target's current scale",
] as const
const ready = ['AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size'] as const
const stabilized = [
  'AbleToScale',
  'True',
  'ScaleDownStabilized',
  'recent recommendations were higher than current one, applying the highest recent recommendation',
] as const

const warn = (world: World, about: KubeObject, [reason, message]: readonly [string, string]): void =>
  recordEvent(world, { about, type: 'Warning', reason, message, source: 'horizontal-pod-autoscaler' })

const warnOfMeasure = (world: World, scaler: KubeObject, problem: string): void => {
  warn(world, scaler, ['FailedGetResourceMetric', problem])
  const first = `failed to get cpu resource metric value: ${problem}`
  const all = `invalid metrics (1 invalid out of 1), first error is: ${first}`
  warn(world, scaler, ['FailedComputeMetricsReplicas', all])
}

const rescale = (
  world: World,
  scaler: KubeObject,
  { target, replicas }: { readonly target: KubeObject; readonly replicas: number },
): void => {
  const current: number = target.spec?.replicas ?? 1
  const { minReplicas = 1, maxReplicas } = scaler.spec ?? {}
  const why =
    current > maxReplicas
      ? 'Current number of replicas above Spec.MaxReplicas'
      : current < minReplicas
        ? 'Current number of replicas below Spec.MinReplicas'
        : replicas > current
          ? 'cpu resource utilization (percentage of request) above target'
          : 'All metrics below target'
  target.spec.replicas = replicas
  target.metadata.generation = (target.metadata.generation ?? 1) + 1
  touchObject(world, target)
  recordEvent(world, {
    about: scaler,
    type: 'Normal',
    reason: 'SuccessfulRescale',
    message: `New size: ${replicas}; reason: ${why}`,
    source: 'horizontal-pod-autoscaler',
  })
}

const missTarget = (world: World, scaler: KubeObject): void => {
  const { apiVersion = 'apps/v1', kind, name } = scaler.spec?.scaleTargetRef ?? {}
  const message = `${String(kind).toLowerCase()}s.${String(apiVersion).split('/')[0]} "${name}" not found`
  warn(world, scaler, ['FailedGetScale', message])
  const unable = condition(world, scaler, [
    'AbleToScale',
    'False',
    'FailedGetScale',
    `the HPA controller was unable to get the target's current scale: ${message}`,
  ])
  changeStatus(world, scaler, { ...scaler.status, conditions: [unable] })
}

const podsOf = (world: World, { metadata, spec }: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod', metadata.namespace).filter(
    pod =>
      fitsSelector(pod.metadata.labels, spec?.selector) &&
      !isFinished(pod) &&
      pod.metadata.deletionTimestamp === undefined,
  )

const desiredOf = (scaler: KubeObject, current: number, measured: Measure): number => {
  if (current === 0) return 0
  const { minReplicas = 1, maxReplicas } = scaler.spec ?? {}
  // One that is outside of its bounds is brought to the nearer of them before anything is measured.
  if (current > maxReplicas) return maxReplicas
  if (current < minReplicas) return minReplicas
  const ratio = 'percent' in measured ? measured.percent / wantedPercent(scaler) : 1
  const wanted = Math.abs(ratio - 1) <= TOLERANCE ? current : Math.ceil(current * ratio)
  return Math.min(maxReplicas, Math.max(minReplicas, wanted))
}

const activity = (measured: Measure): readonly [string, string, string, string] =>
  'percent' in measured
    ? [
        'ScalingActive',
        'True',
        'ValidMetricFound',
        'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
      ]
    : [
        'ScalingActive',
        'False',
        'FailedGetResourceMetric',
        `the HPA was unable to compute the replica count: ${measured.problem}`,
      ]

const metricsOf = (measured: Measure): KubeValue => {
  if (!('percent' in measured)) return {}
  const current = { averageUtilization: measured.percent, averageValue: `${measured.millis}m` }
  return { currentMetrics: [{ resource: { current, name: 'cpu' }, type: 'Resource' }] }
}

const syncOne = (world: World, scaler: KubeObject): void => {
  const { namespace } = scaler.metadata
  const { kind, name } = scaler.spec?.scaleTargetRef ?? {}
  const target = getObject(world.kube, { kind, namespace, name })
  if (target === undefined) {
    missTarget(world, scaler)
    return
  }
  const current: number = target.spec?.replicas ?? 1
  const measured = measure(world, podsOf(world, target))
  const isBlind = 'problem' in measured
  if (isBlind) warnOfMeasure(world, scaler, measured.problem)
  const replicas = desiredOf(scaler, current, measured)
  const able = condition(
    world,
    scaler,
    isBlind && replicas === current
      ? found
      : replicas < current && current <= scaler.spec?.maxReplicas
        ? stabilized
        : ready,
  )
  const isOver = current > (scaler.spec?.maxReplicas ?? current)
  const isDue = isOver || replicas > current || world.nowMs - msOf(able.lastTransitionTime) >= STABLE_MS
  const isScaled = replicas !== current && isDue
  if (isScaled) rescale(world, scaler, { target, replicas })
  const lastScaleTime = isScaled ? isoOf(world.nowMs) : scaler.status?.lastScaleTime
  changeStatus(world, scaler, {
    conditions: [able, condition(world, scaler, activity(measured))],
    ...metricsOf(measured),
    currentReplicas: current,
    desiredReplicas: isScaled ? replicas : current,
    ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
  })
}

const BETWEEN_MS = 15_000

/** Keeps workloads that have an autoscaler as large as their use of the processor asks for; downwards only after five minutes. */
export const syncAutoscalers = (world: World, passedMs: number): void => {
  if (Math.floor(world.nowMs / BETWEEN_MS) === Math.floor((world.nowMs - passedMs) / BETWEEN_MS)) return
  for (const scaler of listObjects(world.kube, 'HorizontalPodAutoscaler')) syncOne(world, scaler)
}
