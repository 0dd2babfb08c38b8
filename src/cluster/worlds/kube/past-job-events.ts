import { hashOf } from '../../kube/pod.ts'
import { listObjects } from '../../kube/store.ts'
import { isoMicroOf, isoOf, msOf } from '../../kube/times.ts'
import { uuidOf } from '../../text/uuid-of.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'

/** A job of the past, its cron job, and by how much it lies later than where it was run. */
export type PastJob = {
  readonly cron: KubeObject
  readonly job: KubeObject
  readonly pods: readonly KubeObject[]
  readonly byMs: number
}

const moved = (event: KubeObject, byMs: number): KubeObject => {
  const { metadata, firstTimestamp, lastTimestamp, eventTime } = event
  const later = (time: string | null): string | null => (time === null ? null : isoOf(msOf(time) + byMs))
  return {
    ...event,
    metadata: { ...metadata, creationTimestamp: isoOf(msOf(metadata.creationTimestamp) + byMs) },
    firstTimestamp: later(firstTimestamp),
    lastTimestamp: later(lastTimestamp),
    eventTime: eventTime === null ? null : isoMicroOf(msOf(eventTime) + byMs),
  }
}

/** What a cron job told when it made a job, in the manner of what it told when that had ended. */
const madeEvent = (ended: KubeObject, job: KubeObject, byMs: number): KubeObject => {
  const at = isoOf(msOf(job.metadata.creationTimestamp) + byMs)
  const id = hashOf(`made/${ended.metadata.uid}`)
  return {
    ...ended,
    metadata: {
      ...ended.metadata,
      name: `${ended.involvedObject.name}.${id.slice(0, 16)}`,
      uid: uuidOf(id),
      creationTimestamp: at,
    },
    reason: 'SuccessfulCreate',
    message: `Created job ${job.metadata.name}`,
    firstTimestamp: at,
    lastTimestamp: at,
  }
}

/** The events of a past job, its pods and its cron job, dated to when it was due. */
export const pastJobEvents = (world: World, { cron, job, pods, byMs }: PastJob): readonly KubeObject[] => {
  const events = listObjects(world.kube, 'Event', cron.metadata.namespace)
  const uids = new Set([job, ...pods].map(({ metadata }) => metadata.uid))
  const own = events.filter(({ involvedObject }) => uids.has(involvedObject.uid))
  const ended = events.filter(
    ({ involvedObject, message }) =>
      involvedObject.uid === cron.metadata.uid && message.includes(`: ${job.metadata.name},`),
  )
  return [
    ...ended.map(event => madeEvent(event, job, byMs)),
    ...[...own, ...ended].map(event => moved(event, byMs)),
  ]
}
