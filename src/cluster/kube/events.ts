import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { hashOf } from './pod.ts'
import { getObject, listObjects, putObject, removeObject, touchObject } from './store.ts'
import { isoOf, msOf } from './times.ts'

/** What an event tells. */
export type Happening = {
  readonly about: KubeObject
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly source: string
  readonly host?: string | undefined
  readonly fieldPath?: string | undefined
  /** When it happened, where it could not be told at once. */
  readonly atMs?: number | undefined
}

const HOUR_MS = 3_600_000

/** Records an event; the same again counts up instead. Events of cluster objects lie in the namespace default. */
export const recordEvent = (world: World, happening: Happening): void => {
  const { about, type, reason, message, source, host, fieldPath, atMs = world.nowMs } = happening
  const namespace = about.metadata.namespace ?? 'default'
  const uid = about.kind === 'Node' ? about.metadata.name : about.metadata.uid
  const name = `${about.metadata.name}.${hashOf(`${uid}/${reason}/${message}/${source}`, 16)}`
  const known = getObject(world.kube, { kind: 'Event', namespace, name })
  if (known !== undefined) {
    known.count = (known.count ?? 1) + 1
    known.lastTimestamp = isoOf(atMs)
    touchObject(world, known)
    return
  }
  const component: KubeValue = host === undefined ? { component: source } : { component: source, host }
  putObject(world, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    count: 1,
    eventTime: null,
    firstTimestamp: isoOf(atMs),
    involvedObject: {
      apiVersion: about.apiVersion,
      ...(fieldPath === undefined ? {} : { fieldPath }),
      kind: about.kind,
      name: about.metadata.name,
      ...(about.metadata.namespace === undefined ? {} : { namespace: about.metadata.namespace }),
      resourceVersion: about.metadata.resourceVersion,
      uid,
    },
    lastTimestamp: isoOf(atMs),
    message,
    reason,
    reportingComponent: source,
    reportingInstance: host ?? '',
    source: component,
    type,
  })
}

/** Removes events that are older than an hour, as the API server does by their lease. */
export const expireEvents = (world: World): void => {
  for (const event of listObjects(world.kube, 'Event'))
    if (world.nowMs - msOf(event.lastTimestamp) > HOUR_MS) removeObject(world, event)
}
