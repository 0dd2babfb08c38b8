import { deleteObject } from '../../kube/deletion.ts'
import { recordEvent } from '../../kube/events.ts'
import { changeStatus, isOwnedBy, listObjects } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { jobLabels } from '../../relations/admission/job-identity.ts'
import { isFinished } from '../../relations/pods.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { deleteOwned, isPodReady, makePod, nameBelow } from './make-pod.ts'

/** The pods of a job. */
export const podsOfJob = (world: World, job: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod', job.metadata.namespace).filter(pod => isOwnedBy(pod, job))

const ends = new Set(['Complete', 'Failed'])

/** How a job ended: `Complete`, `Failed`, or `undefined` while it goes on. */
export const jobEnd = (job: KubeObject): string | undefined =>
  job.status?.conditions?.find((c: KubeValue) => c.status === 'True' && ends.has(c.type))?.type

type Condition = {
  readonly type: 'Complete' | 'Failed' | 'Suspended'
  readonly status?: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

const withCondition = (world: World, job: KubeObject, condition: Condition): readonly KubeValue[] => {
  const { type, status = 'True', reason, message } = condition
  const now = isoOf(world.nowMs)
  const others = (job.status?.conditions ?? []).filter((c: KubeValue) => c.type !== type)
  return [
    ...others,
    {
      lastProbeTime: now,
      lastTransitionTime: now,
      ...(type === 'Complete' ? {} : { message, reason }),
      status,
      type,
    },
  ]
}

const say = (world: World, job: KubeObject, { type, reason, message }: Condition): void =>
  recordEvent(world, {
    about: job,
    type: type === 'Failed' ? 'Warning' : 'Normal',
    reason,
    message,
    source: 'job-controller',
  })

const BACKOFF_MS = 10_000
const MOST_BACKOFF_MS = 600_000

/** When a job may make its next pod: each that failed doubles the wait since the last of them ended. */
const nextTryMs = (pods: readonly KubeObject[]): number => {
  const endsMs = pods
    .filter(pod => pod.status?.phase === 'Failed')
    .map(pod => msOf(pod.status?.containerStatuses?.[0]?.state?.terminated?.finishedAt))
  if (endsMs.length === 0) return 0
  return Math.max(...endsMs) + Math.min(MOST_BACKOFF_MS, BACKOFF_MS * 2 ** (endsMs.length - 1))
}

/** The pods of a job as its controller counts them. */
type Tally = {
  readonly active: readonly KubeObject[]
  readonly succeeded: number
  readonly failed: number
}

const tallyOf = (world: World, job: KubeObject): Tally => {
  const pods = podsOfJob(world, job)
  const count = (phase: string): number => pods.filter(pod => pod.status?.phase === phase).length
  // Pods that are gone since they ended stay counted.
  const { succeeded = 0, failed = 0 } = job.status ?? {}
  return {
    active: pods.filter(pod => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined),
    succeeded: Math.max(succeeded, count('Succeeded')),
    failed: Math.max(failed, count('Failed')),
  }
}

const restartsOf = (pods: readonly KubeObject[]): number =>
  pods
    .flatMap(({ status }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0)

const isExhausted = (job: KubeObject, { active, failed }: Tally): boolean => {
  const most: number = job.spec.backoffLimit ?? 6
  if (failed > most) return true
  const restarts = restartsOf(active)
  return job.spec.template?.spec?.restartPolicy === 'OnFailure' && restarts > 0 && restarts >= most
}

/** Why a job that goes on fails now; `undefined` where it does not. */
const failureOf = (world: World, job: KubeObject, tally: Tally): Condition | undefined => {
  if (isExhausted(job, tally))
    return {
      type: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    }
  const { activeDeadlineSeconds: seconds } = job.spec
  if (seconds == null || world.nowMs < msOf(job.status?.startTime) + seconds * 1000) return undefined
  return {
    type: 'Failed',
    reason: 'DeadlineExceeded',
    message: 'Job was active longer than specified deadline',
  }
}

/** How many pods a job is to have at work: what is left to complete, no more than may work side by side. */
const wantedOf = (job: KubeObject, { active, succeeded }: Tally): number => {
  const { completions, parallelism = 1 } = job.spec
  if (completions == null) return succeeded > 0 ? Math.min(active.length, parallelism) : parallelism
  return Math.min(parallelism, Math.max(0, completions - succeeded))
}

const isComplete = (job: KubeObject, { active, succeeded }: Tally): boolean => {
  const { completions } = job.spec
  return completions == null ? succeeded > 0 && active.length === 0 : succeeded >= completions
}

const statusOf = (job: KubeObject, tally: Tally): KubeValue => {
  const { conditions, startTime } = job.status ?? {}
  const { active, succeeded, failed } = tally
  return {
    ...(active.length === 0 ? {} : { active: active.length }),
    ...(conditions === undefined ? {} : { conditions }),
    ...(failed === 0 ? {} : { failed }),
    ready: active.filter(isPodReady).length,
    ...(startTime === undefined ? {} : { startTime }),
    ...(succeeded === 0 ? {} : { succeeded }),
    uncountedTerminatedPods: {},
  }
}

/** Whether a job waits, which is told as it begins and as it ends. */
const isHeld = (world: World, job: KubeObject): boolean => {
  const isSuspended = job.spec.suspend === true
  const known = job.status?.conditions?.find((c: KubeValue) => c.type === 'Suspended')
  const word = isSuspended ? 'suspended' : 'resumed'
  if (isSuspended !== (known?.status === 'True')) {
    const reason = isSuspended ? 'JobSuspended' : 'JobResumed'
    const change: Condition = {
      type: 'Suspended',
      status: isSuspended ? 'True' : 'False',
      reason,
      message: `Job ${word}`,
    }
    const { startTime: _began, ...status } = job.status ?? {}
    changeStatus(world, job, { ...status, conditions: withCondition(world, job, change) })
    say(world, job, { ...change, reason: isSuspended ? 'Suspended' : 'Resumed' })
  }
  return isSuspended
}

const end = (world: World, job: KubeObject, condition: Condition): void => {
  const isDone = condition.type === 'Complete'
  for (const pod of tallyOf(world, job).active) deleteOwned(world, job, pod)
  const { active: _active, ...status } = statusOf(job, tallyOf(world, job))
  changeStatus(world, job, {
    ...status,
    ...(isDone ? { completionTime: isoOf(world.nowMs) } : {}),
    conditions: withCondition(world, job, condition),
    ready: 0,
  })
  say(world, job, condition)
}

/** Indexes that no pod of a job works at or has worked at well, least first. */
const freeIndexes = (world: World, job: KubeObject): readonly number[] => {
  const taken = new Set(
    podsOfJob(world, job)
      .filter(pod => pod.status?.phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined)
      .map(pod => pod.metadata.annotations?.[INDEX]),
  )
  return [...Array(job.spec.completions ?? 0).keys()].filter(index => !taken.has(String(index)))
}

const INDEX = 'batch.kubernetes.io/job-completion-index'

const makePods = (world: World, job: KubeObject, many: number): void => {
  const labels = jobLabels(world, job.metadata.name, job.metadata.uid)
  const isIndexed = job.spec.completionMode === 'Indexed'
  const indexes = isIndexed ? freeIndexes(world, job) : []
  for (let made = 0; made < many; made++) {
    const index = String(indexes[made] ?? '')
    const name = isIndexed ? `${job.metadata.name}-${index}` : job.metadata.name
    const template = isIndexed ? indexedTemplate(job.spec.template, index) : job.spec.template
    if (makePod(world, { owner: job, name: nameBelow(world, name), labels, template }) === undefined) return
  }
}

const indexedTemplate = (template: KubeValue, index: string): KubeValue => ({
  ...template,
  metadata: { ...template.metadata, annotations: { ...template.metadata?.annotations, [INDEX]: index } },
})

/** Takes a job away once it has ended as long ago as it is to be kept, with its pods. */
const expire = (world: World, job: KubeObject): void => {
  const { ttlSecondsAfterFinished: seconds } = job.spec
  const ended = job.status.conditions.find((c: KubeValue) => ends.has(c.type))?.lastTransitionTime
  if (seconds == null || world.nowMs < msOf(ended) + seconds * 1000) return
  deleteObject(world, job)
}

const syncJob = (world: World, job: KubeObject) => {
  if (jobEnd(job) !== undefined) return expire(world, job)
  if (isHeld(world, job)) {
    for (const pod of tallyOf(world, job).active) deleteOwned(world, job, pod)
    return changeStatus(world, job, statusOf(job, tallyOf(world, job)))
  }
  if (job.status?.startTime === undefined) job.status = { ...job.status, startTime: isoOf(world.nowMs) }
  const tally = tallyOf(world, job)
  const failure = failureOf(world, job, tally)
  if (failure !== undefined) return end(world, job, failure)
  if (isComplete(job, tally))
    return end(world, job, { type: 'Complete', reason: 'Completed', message: 'Job completed' })
  const wanted = wantedOf(job, tally)
  if (tally.active.length < wanted && world.nowMs >= nextTryMs(podsOfJob(world, job)))
    makePods(world, job, wanted - tally.active.length)
  for (const pod of tally.active.slice(wanted)) deleteOwned(world, job, pod)
  changeStatus(world, job, statusOf(job, tallyOf(world, job)))
}

/** Jobs make pods until enough have succeeded. */
export const syncJobs = (world: World): void => {
  for (const job of listObjects(world.kube, 'Job')) syncJob(world, job)
}
