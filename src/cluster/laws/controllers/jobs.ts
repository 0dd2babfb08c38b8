import { recordEvent } from '../../kube/events.ts'
import {
  changeStatus,
  getObject,
  isOwnedBy,
  listObjects,
  ownerOf,
  putObject,
  removeObject,
} from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { lastScheduled } from '../../text/cron-schedule.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { isPodReady, makePod, nameBelow } from './make-pod.ts'

const podsOfJob = (world: World, job: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Pod', job.metadata.namespace).filter(pod => isOwnedBy(pod, job))

/** How a job ended: `Complete`, `Failed`, or `undefined` while it goes on. */
export const jobEnd = (job: KubeObject): string | undefined =>
  job.status?.conditions?.find((c: { status: string }) => c.status === 'True')?.type

const end = (
  world: World,
  job: KubeObject,
  { type, reason, message }: { type: 'Complete' | 'Failed'; reason: string; message: string },
) => {
  const now = isoOf(world.nowMs)
  const condition = {
    lastProbeTime: now,
    lastTransitionTime: now,
    ...(type === 'Failed' ? { message, reason } : {}),
    status: 'True',
    type,
  }
  changeStatus(world, job, {
    ...job.status,
    conditions: [condition],
    ...(type === 'Complete' ? { completionTime: now } : {}),
  })
  recordEvent(world, {
    about: job,
    type: type === 'Failed' ? 'Warning' : 'Normal',
    reason: type === 'Failed' ? reason : 'Completed',
    message,
    source: 'job-controller',
  })
}

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

const syncJob = (world: World, job: KubeObject) => {
  if (jobEnd(job) !== undefined || job.spec.suspend === true) return undefined
  const pods = podsOfJob(world, job)
  const succeeded = pods.filter(pod => pod.status?.phase === 'Succeeded').length
  const failed = pods.filter(pod => pod.status?.phase === 'Failed').length
  const active = pods.length - succeeded - failed
  const restarts = Math.max(0, ...pods.map(pod => pod.status?.containerStatuses?.[0]?.restartCount ?? 0))
  const status = {
    ...(active === 0 ? {} : { active }),
    ...(failed === 0 ? {} : { failed }),
    ready: pods.filter(isPodReady).length,
    startTime: job.status?.startTime ?? isoOf(world.nowMs),
    ...(succeeded === 0 ? {} : { succeeded }),
  }
  changeStatus(world, job, status)
  if (succeeded >= (job.spec.completions ?? 1))
    return end(world, job, { type: 'Complete', reason: 'Completed', message: 'Job completed' })
  if (failed + restarts > (job.spec.backoffLimit ?? 6))
    return end(world, job, {
      type: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    })
  if (active === 0 && world.nowMs >= nextTryMs(pods))
    makePod(world, {
      owner: job,
      name: nameBelow(world, job.metadata.name),
      labels: { 'batch.kubernetes.io/job-name': job.metadata.name, 'job-name': job.metadata.name },
    })
  return undefined
}

const createJob = (world: World, cron: KubeObject, atMs: number): void => {
  const name = `${cron.metadata.name}-${Math.floor(atMs / 60_000)}`
  createJobFrom(world, cron, name)
}

/** Makes a job from a cron job's template. */
export const createJobFrom = (world: World, cron: KubeObject, name: string): KubeObject => {
  const template = structuredClone(cron.spec.jobTemplate)
  const job = putObject(world, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: cron.metadata.namespace ?? 'default',
      generation: 1,
      annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': isoOf(world.nowMs) },
      ownerReferences: [ownerOf(cron)],
    },
    spec: {
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      ...template.spec,
    },
    status: {},
  })
  recordEvent(world, {
    about: cron,
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `Created job ${job.metadata.name}`,
    source: 'cronjob-controller',
  })
  return job
}

const pruneHistory = (world: World, cron: KubeObject): void => {
  const jobs = listObjects(world.kube, 'Job', cron.metadata.namespace).filter(job => isOwnedBy(job, cron))
  const newestFirst = [...jobs].sort(
    (a, b) => msOf(b.metadata.creationTimestamp) - msOf(a.metadata.creationTimestamp),
  )
  const limits = {
    Complete: cron.spec.successfulJobsHistoryLimit ?? 3,
    Failed: cron.spec.failedJobsHistoryLimit ?? 1,
  }
  for (const [type, limit] of Object.entries(limits))
    for (const job of newestFirst.filter(j => jobEnd(j) === type).slice(limit)) {
      for (const pod of podsOfJob(world, job)) removeObject(world, pod)
      removeObject(world, job)
    }
}

const syncCron = (world: World, cron: KubeObject): void => {
  const dueMs = lastScheduled(cron.spec.schedule, world.nowMs)
  const sinceMs = msOf(cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp)
  const jobs = listObjects(world.kube, 'Job', cron.metadata.namespace).filter(job => isOwnedBy(job, cron))
  const running = jobs.filter(job => jobEnd(job) === undefined)
  const isFree = cron.spec.concurrencyPolicy !== 'Forbid' || running.length === 0
  const isDue = dueMs !== undefined && dueMs > sinceMs
  if (isDue && cron.spec.suspend !== true && isFree) createJob(world, cron, dueMs)
  const done = jobs
    .filter(job => jobEnd(job) === 'Complete')
    .map(job => job.status.completionTime)
    .sort()
    .at(-1)
  changeStatus(world, cron, {
    ...(running.length === 0
      ? {}
      : {
          active: running.map(job => ({
            apiVersion: 'batch/v1',
            kind: 'Job',
            name: job.metadata.name,
            namespace: job.metadata.namespace,
            uid: job.metadata.uid,
          })),
        }),
    ...(isDue && isFree
      ? { lastScheduleTime: isoOf(dueMs) }
      : cron.status?.lastScheduleTime === undefined
        ? {}
        : { lastScheduleTime: cron.status.lastScheduleTime }),
    ...(done === undefined ? {} : { lastSuccessfulTime: done }),
  })
  pruneHistory(world, cron)
}

/** Cron jobs make jobs when they are due. */
export const syncCronJobs = (world: World): void => {
  for (const cron of listObjects(world.kube, 'CronJob')) syncCron(world, cron)
}

/** Jobs make pods until enough have succeeded. */
export const syncJobs = (world: World): void => {
  for (const job of listObjects(world.kube, 'Job'))
    if (getObject(world.kube, { ...job.metadata, kind: 'Job' })) syncJob(world, job)
}
