import type { KubeObject, KubeValue } from '../world/kube-object.ts'
import type { World } from '../world/world.ts'
import { minorOf } from './minor-version.ts'
import { hashOf } from './pod.ts'
import { getObject, listObjects, nameKeyOf, putObject, removeObject, touchObject } from './store.ts'
import { isoMicroOf, isoOf, msOf } from './times.ts'
import { mayTell, takeWithheld, withhold } from './withheld-events.ts'

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
  /** Since when the process runs that tells it: it knows only what it has told itself. */
  readonly sinceMs?: number | undefined
}

/** The first release in which some tell their events in the newer way: with a series in place of a count. */
const TELLS_SERIES = 19

const seriesTellers = new Set(['default-scheduler', 'kube-proxy'])

const tellsSeries = (world: World, source: string): boolean =>
  seriesTellers.has(source) && minorOf(world) >= TELLS_SERIES

const actionsByReason: Readonly<Record<string, string>> = {
  Scheduled: 'Binding',
  Preempted: 'Preempting',
  Starting: 'StartKubeProxy',
}

/** When an event was last seen. */
export const lastSeenMs = ({ series, lastTimestamp, eventTime }: KubeObject): number =>
  msOf(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? undefined)

/** When an event was first seen. */
export const firstSeenMs = ({ firstTimestamp, eventTime }: KubeObject): number =>
  msOf(firstTimestamp ?? eventTime ?? undefined)

/** How often an event was seen. */
export const timesSeen = ({ series, count }: KubeObject): number => series?.count ?? count ?? 1

/** Who has told an event. */
export const tellerOf = ({ source, reportingComponent }: KubeObject): string =>
  source?.component ?? reportingComponent ?? ''

/** Who has told an event, and where that runs. */
export const sourceText = (event: KubeObject): string =>
  [tellerOf(event), event.source?.host ?? event.reportingInstance ?? ''].filter(s => s !== '').join(', ')

const inSeries = ({ source, host, reason }: Happening, atMs: number): KubeValue => ({
  action: actionsByReason[reason] ?? 'Scheduling',
  eventTime: isoMicroOf(atMs),
  firstTimestamp: null,
  lastTimestamp: null,
  reportingInstance: host === undefined ? source : `${source}-${host}`,
  source: {},
})

/** In the older form; there the scheduler does not say where it runs. */
const inCounts = ({ source, host }: Happening, atMs: number, count: number): KubeValue => {
  const where = source === 'default-scheduler' ? undefined : host
  return {
    count,
    eventTime: null,
    firstTimestamp: isoOf(atMs),
    lastTimestamp: isoOf(atMs),
    reportingInstance: where ?? '',
    source: where === undefined ? { component: source } : { component: source, host: where },
  }
}

/** Counts an event up that was told before. */
const countAgain = (event: KubeObject, more: number, atMs: number): void => {
  const count = timesSeen(event) + more
  if (event.eventTime === null) Object.assign(event, { count, lastTimestamp: isoOf(atMs) })
  else event.series = { count, lastObservedTime: isoMicroOf(atMs) }
}

const HOUR_MS = 3_600_000

/** So many names are kept until those of events that are gone are dropped. */
const MOST_NAMES = 4_096

const COMBINED = '(combined from similar events): '
const MOST_SIMILAR = 9
const SIMILAR_WITHIN_MS = 600_000

/** The events of the last minutes that differ from one in their message alone; the scheduler's recorder looks for none. */
const similarTo = (world: World, { about, type, reason, source, atMs = world.nowMs }: Happening) => {
  if (source === 'default-scheduler') return []
  const uid = about.kind === 'Node' ? about.metadata.name : about.metadata.uid
  return listObjects(world.kube, 'Event', about.metadata.namespace ?? 'default').filter(
    event =>
      event.involvedObject.uid === uid &&
      event.reason === reason &&
      event.type === type &&
      event.source?.component === source &&
      atMs - lastSeenMs(event) <= SIMILAR_WITHIN_MS,
  )
}

/** Whether a source lets an event out: not the many that it tells about one object; the scheduler's recorder tells them all. */
const isTold = (world: World, { about, source, host = '', sinceMs = 0, atMs }: Happening): boolean =>
  source === 'default-scheduler' ||
  mayTell(
    world.kube,
    `${source}/${host}/${sinceMs}/${nameKeyOf(about)}/${about.metadata.uid}`,
    atMs ?? world.nowMs,
  )

/** Whether an event was told by a process that has ended since: the one after it begins to count anew. */
const isOfEarlierRun = (event: KubeObject | undefined, { sinceMs = 0 }: Happening): boolean =>
  event !== undefined && firstSeenMs(event) < Math.floor(sinceMs / 1_000) * 1_000

const eventNamesOf = ({ kube }: World): Map<string, string> => {
  kube.eventNames ??= new Map()
  return kube.eventNames
}

const NANOS_A_MICRO = 1_000n

/** The name of a new event: that of its object, and the time in nanoseconds as a hexadecimal number. */
const nameAt = ({ metadata }: KubeObject, text: string, atMs: number): string => {
  const micros = BigInt(Math.floor(atMs * 1_000)) + BigInt(`0x${hashOf(text, 2)}`)
  const nanos = micros * NANOS_A_MICRO + (BigInt(`0x${hashOf(text, 4)}`) % NANOS_A_MICRO)
  return `${metadata.name}.${nanos.toString(16)}`
}

const toldBefore = (world: World, namespace: string, text: string): KubeObject | undefined => {
  const name = eventNamesOf(world).get(text)
  return name === undefined ? undefined : getObject(world.kube, { kind: 'Event', namespace, name })
}

/** Records an event; the same again of the same part of an object counts up instead, and so does what differs in its message alone once there is much of it. Events of cluster objects lie in the namespace default. */
export const recordEvent = (world: World, happening: Happening): void => {
  const { about, type, reason, message, source, fieldPath, atMs = world.nowMs } = happening
  const namespace = about.metadata.namespace ?? 'default'
  const uid = about.kind === 'Node' ? about.metadata.name : about.metadata.uid
  const text = `${namespace}/${uid}/${fieldPath ?? ''}/${reason}/${message}/${source}`
  const told = toldBefore(world, namespace, text)
  const known = isOfEarlierRun(told, happening) ? undefined : told
  const similar = known === undefined ? similarTo(world, happening) : []
  const counted = known ?? similar.find(event => event.message.startsWith(COMBINED))
  const counts = counted?.metadata.name ?? text
  if (!isTold(world, happening)) {
    withhold(world.kube, counts)
    return
  }
  const withheld = takeWithheld(world.kube, counts)
  if (counted !== undefined) {
    countAgain(counted, 1 + withheld, atMs)
    if (counted !== known) counted.message = COMBINED + message
    touchObject(world, counted)
    return
  }
  const name = nameAt(about, text, atMs)
  eventNamesOf(world).set(text, name)
  putObject(world, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    ...(tellsSeries(world, source) ? inSeries(happening, atMs) : inCounts(happening, atMs, 1 + withheld)),
    involvedObject: {
      apiVersion: about.apiVersion,
      ...(fieldPath === undefined ? {} : { fieldPath }),
      kind: about.kind,
      name: about.metadata.name,
      ...(about.metadata.namespace === undefined ? {} : { namespace: about.metadata.namespace }),
      resourceVersion: about.metadata.resourceVersion,
      uid,
    },
    message: similar.length < MOST_SIMILAR ? message : COMBINED + message,
    reason,
    reportingComponent: source,
    type,
  })
}

/** Removes events that are older than an hour, as the API server does by their lease. */
export const expireEvents = (world: World): void => {
  for (const event of listObjects(world.kube, 'Event'))
    if (world.nowMs - lastSeenMs(event) > HOUR_MS) removeObject(world, event)
  const names = eventNamesOf(world)
  if (names.size <= MOST_NAMES) return
  for (const text of [...names.keys()])
    if (toldBefore(world, text.slice(0, text.indexOf('/')), text) === undefined) names.delete(text)
}
