import { moveLog } from '../../journal/log-lines.ts'
import { isOwnedBy, listObjects } from '../../kube/store.ts'
import { isoOf, msOf } from '../../kube/times.ts'
import { createJobFrom } from '../../laws/controllers/cron-jobs.ts'
import { lastScheduled } from '../../text/cron-schedule.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import { pastJobEvents } from './past-job-events.ts'

const KEPT = 3
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** When a schedule was due before a point of time, oldest first, as many times as a history keeps. */
const pastDues = (schedule: string, presentMs: number): readonly number[] => {
  const dues: number[] = []
  let before = presentMs
  while (dues.length < KEPT) {
    const due = lastScheduled(schedule, before)
    if (due === undefined) break
    dues.unshift(due)
    before = due - 60_000
  }
  return dues
}

const shifted = (value: KubeValue, byMs: number): KubeValue => {
  if (typeof value === 'string') return INSTANT.test(value) ? isoOf(msOf(value) + byMs) : value
  if (Array.isArray(value)) return value.map(item => shifted(item, byMs))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shifted(inner, byMs)]))
}

const shiftObject = (object: KubeObject, byMs: number): void => {
  object.metadata = shifted(object.metadata, byMs)
  object.status = shifted(object.status, byMs)
}

/** Dates the containers of a pod anew. */
const shiftContainers = ({ machines }: World, pod: KubeObject, byMs: number): void => {
  for (const { runtime } of machines.values()) {
    const sandboxes = runtime?.sandboxes.filter(({ kubeUid }) => kubeUid === pod.metadata.uid) ?? []
    for (const sandbox of sandboxes) sandbox.createdMs += byMs
    for (const container of runtime?.containers ?? []) {
      if (!sandboxes.some(({ id }) => id === container.sandboxId)) continue
      container.createdMs += byMs
      if (container.startedMs !== undefined) container.startedMs += byMs
      if (container.finishedMs !== undefined) container.finishedMs += byMs
      moveLog(container, byMs)
    }
  }
}

/** Makes the jobs that the cron jobs of a new cluster would have made of late, to run while its pods come up. */
export const beginPastJobs = (world: World, presentMs: number): void => {
  for (const cron of listObjects(world.kube, 'CronJob'))
    for (const due of pastDues(cron.spec.schedule, presentMs))
      createJobFrom(world, cron, {
        name: `${cron.metadata.name}-${Math.floor(due / 60_000)}`,
        annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': isoOf(world.nowMs) },
      })
}

/** Dates those jobs, their pods and containers to when they were due; gives their events, dated alike. */
export const datePastJobs = (world: World, presentMs: number): readonly KubeObject[] => {
  const events: KubeObject[] = []
  for (const cron of listObjects(world.kube, 'CronJob')) {
    const dues = pastDues(cron.spec.schedule, presentMs)
    for (const job of listObjects(world.kube, 'Job', cron.metadata.namespace)) {
      const due = dues.find(ms => job.metadata.name.endsWith(`-${Math.floor(ms / 60_000)}`))
      if (due === undefined || !isOwnedBy(job, cron)) continue
      const byMs = due - msOf(job.metadata.creationTimestamp)
      const pods = listObjects(world.kube, 'Pod', cron.metadata.namespace).filter(one => isOwnedBy(one, job))
      events.push(...pastJobEvents(world, { cron, job, pods, byMs }))
      for (const pod of pods) {
        shiftObject(pod, byMs)
        shiftContainers(world, pod, byMs)
      }
      shiftObject(job, byMs)
      cron.status = { lastScheduleTime: isoOf(due), lastSuccessfulTime: job.status.completionTime }
    }
  }
  return events
}
