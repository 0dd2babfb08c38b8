import { lastSeenMs, recordEvent } from '../../kube/events.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { changeStatus, isOwnedBy, listObjects, ownerOf, putObject, removeObject } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { identifyJob } from '../../relations/admission/job-identity.ts'
import { lastScheduled } from '../../text/cron-schedule.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { jobEnd, podsOfJob } from './jobs.ts'
import { deletePod } from './make-pod.ts'

/** The first minor version that notes on a job when it was due. */
const NOTES_TIME = 28

type Told = {
  readonly type?: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
}

const tell = (world: World, cron: KubeObject, { type = 'Normal', reason, message }: Told): void =>
  recordEvent(world, { about: cron, type, reason, message, source: 'cronjob-controller' })

/** Makes a job from a cron job's template; `annotations` say by whom or when. */
export const createJobFrom = (
  world: World,
  cron: KubeObject,
  { name, annotations }: { readonly name: string; readonly annotations: Readonly<Record<string, string>> },
): KubeObject => {
  const { metadata, spec } = structuredClone(cron.spec.jobTemplate)
  const marks = { ...metadata?.annotations, ...annotations }
  const { blockOwnerDeletion: _blocks, ...owner } = ownerOf(cron)
  const isByHand = 'cronjob.kubernetes.io/instantiate' in annotations
  return putObject(
    world,
    identifyJob(world, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: cron.metadata.namespace ?? 'default',
        generation: 1,
        ...(Object.keys(marks).length === 0 ? {} : { annotations: marks }),
        ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
        ownerReferences: [isByHand ? owner : ownerOf(cron)],
      },
      spec: {
        completions: 1,
        parallelism: 1,
        backoffLimit: 6,
        completionMode: 'NonIndexed',
        suspend: false,
        ...spec,
      },
      status: {},
    }),
  )
}

const createJob = (world: World, cron: KubeObject, dueMs: number): void => {
  const name = `${cron.metadata.name}-${Math.floor(dueMs / 60_000)}`
  const annotations: Readonly<Record<string, string>> =
    minorOf(world) < NOTES_TIME ? {} : { 'batch.kubernetes.io/cronjob-scheduled-timestamp': isoOf(dueMs) }
  createJobFrom(world, cron, { name, annotations })
  tell(world, cron, { reason: 'SuccessfulCreate', message: `Created job ${name}` })
}

const removeJob = (world: World, cron: KubeObject, job: KubeObject): void => {
  for (const pod of podsOfJob(world, job)) deletePod(world, pod)
  removeObject(world, job)
  tell(world, cron, { reason: 'SuccessfulDelete', message: `Deleted job ${job.metadata.name}` })
}

const jobsOf = (world: World, cron: KubeObject): readonly KubeObject[] =>
  listObjects(world.kube, 'Job', cron.metadata.namespace).filter(job => isOwnedBy(job, cron))

const pruneHistory = (world: World, cron: KubeObject): void => {
  const newestFirst = [...jobsOf(world, cron)].sort(
    (a, b) => msOf(b.metadata.creationTimestamp) - msOf(a.metadata.creationTimestamp),
  )
  const limits = {
    Complete: cron.spec.successfulJobsHistoryLimit ?? 3,
    Failed: cron.spec.failedJobsHistoryLimit ?? 1,
  }
  for (const [type, limit] of Object.entries(limits))
    for (const job of newestFirst.filter(j => jobEnd(j) === type).slice(limit)) removeJob(world, cron, job)
}

/** Tells of the jobs that a cron job has listed as running and that have ended or are gone, and of those it did not make. */
const tellOfJobs = (world: World, cron: KubeObject, jobs: readonly KubeObject[]): void => {
  const listed: readonly { readonly name: string; readonly uid: string }[] = cron.status?.active ?? []
  for (const { name, uid } of listed) {
    const job = jobs.find(({ metadata }) => metadata.uid === uid)
    const end = job === undefined ? undefined : jobEnd(job)
    if (job === undefined)
      tell(world, cron, { reason: 'MissingJob', message: `Active job went missing: ${name}` })
    else if (end !== undefined)
      tell(world, cron, { reason: 'SawCompletedJob', message: `Saw completed job: ${name}, status: ${end}` })
  }
  const strange = jobs.filter(
    job =>
      jobEnd(job) === undefined && !listed.some(({ uid }) => uid === job.metadata.uid) && !isByIt(job, cron),
  )
  for (const { metadata } of strange) {
    const message = `Saw a job that the controller did not create or forgot: ${metadata.name}`
    if (!isTold(world, cron, message))
      tell(world, cron, { type: 'Warning', reason: 'UnexpectedJob', message })
  }
}

/** Whether a job bears the name that a cron job gives to those that it makes. */
const isByIt = (job: KubeObject, cron: KubeObject): boolean =>
  new RegExp(`^${cron.metadata.name}-\\d+$`).test(job.metadata.name)

const isTold = (world: World, cron: KubeObject, message: string): boolean =>
  listObjects(world.kube, 'Event', cron.metadata.namespace).some(
    event => event.involvedObject?.uid === cron.metadata.uid && event.message === message,
  )

/** Whether what is due now may begin beside the jobs that still run, which are put away where it is to replace them. */
const mayBegin = (world: World, cron: KubeObject, running: readonly KubeObject[]): boolean => {
  const policy = cron.spec.concurrencyPolicy ?? 'Allow'
  if (policy === 'Allow' || running.length === 0) return true
  if (policy === 'Forbid') {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid'
    tell(world, cron, { reason: 'JobAlreadyActive', message })
    return false
  }
  for (const job of running) removeJob(world, cron, job)
  return true
}

/** When a cron job was last due and has not begun since; `undefined` where nothing is to begin. */
const dueOf = (world: World, cron: KubeObject): number | undefined => {
  const due = lastScheduled(cron.spec.schedule, world.nowMs)
  const since = msOf(cron.status?.lastScheduleTime ?? cron.metadata.creationTimestamp)
  if (cron.spec.suspend === true || due === undefined || due <= since) return undefined
  const { startingDeadlineSeconds: seconds } = cron.spec
  if (seconds === undefined || seconds === null || world.nowMs <= due + seconds * 1000) return due
  const message = `Missed scheduled time to start a job: ${new Date(due).toUTCString().replace('GMT', '+0000')}`
  if (!isTold(world, cron, message)) tell(world, cron, { type: 'Warning', reason: 'MissSchedule', message })
  return undefined
}

/** Whether a job that ran in its way was already met in this minute. */
const isHeldAlready = (world: World, cron: KubeObject, dueMs: number): boolean =>
  listObjects(world.kube, 'Event', cron.metadata.namespace).some(
    event =>
      event.reason === 'JobAlreadyActive' &&
      event.involvedObject?.uid === cron.metadata.uid &&
      lastSeenMs(event) >= dueMs,
  )

/** Begins what is due; gives the time for which it did. */
const begin = (world: World, cron: KubeObject, jobs: readonly KubeObject[]): number | undefined => {
  const due = dueOf(world, cron)
  if (due === undefined) return undefined
  const running = jobs.filter(job => jobEnd(job) === undefined && isByIt(job, cron))
  const isHeld = cron.spec.concurrencyPolicy === 'Forbid' && running.length > 0
  if ((isHeld && isHeldAlready(world, cron, due)) || !mayBegin(world, cron, running)) return undefined
  createJob(world, cron, due)
  return due
}

const referenceTo = (job: KubeObject): KubeValue => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name: job.metadata.name,
  namespace: job.metadata.namespace,
  uid: job.metadata.uid,
})

const syncCron = (world: World, cron: KubeObject): void => {
  const before = jobsOf(world, cron)
  tellOfJobs(world, cron, before)
  const begun = begin(world, cron, before)
  const jobs = jobsOf(world, cron)
  const running = jobs.filter(job => jobEnd(job) === undefined && isByIt(job, cron))
  const last = begun === undefined ? cron.status?.lastScheduleTime : isoOf(begun)
  const done = jobs.flatMap(job => (jobEnd(job) === 'Complete' ? [job.status.completionTime] : [])).sort()
  changeStatus(world, cron, {
    ...(running.length === 0 ? {} : { active: running.map(referenceTo) }),
    ...(last === undefined ? {} : { lastScheduleTime: last }),
    ...(done.length === 0
      ? cron.status?.lastSuccessfulTime === undefined
        ? {}
        : { lastSuccessfulTime: cron.status.lastSuccessfulTime }
      : { lastSuccessfulTime: done.at(-1) }),
  })
  pruneHistory(world, cron)
}

/** Cron jobs make jobs when they are due. */
export const syncCronJobs = (world: World): void => {
  for (const cron of listObjects(world.kube, 'CronJob')) syncCron(world, cron)
}
