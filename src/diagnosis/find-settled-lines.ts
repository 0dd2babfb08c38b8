import { type Facts, type FactValue, streamLines } from '../facts/index.ts'
import { findSupersededLines } from './find-superseded-lines.ts'
import {
  repeated,
  repeatsWhileReady,
  settledBy,
  settledByCondition,
  whileStopping,
} from './settled-events.ts'
import type { Observation } from './types.ts'

/** An event as far as it matters here; `place` is its position among the events. */
type Event = {
  readonly place: number
  readonly object: string
  readonly reason: string
  readonly kind: string
  readonly message: string
  readonly count: number
  readonly lastSeenSeconds: number | undefined
}

const recordsOf = (facts: Facts, name: string): readonly Facts[] => {
  const list = facts[name]
  return Array.isArray(list) ? (list as readonly Facts[]) : []
}

const textOf = (value: FactValue | undefined): string => (typeof value === 'string' ? value : '')

const eventOf = (row: Facts, place: number): Event => ({
  place,
  object: textOf(row.object),
  reason: textOf(row.reason),
  kind: textOf(row.kind),
  message: textOf(row.message),
  count: typeof row.count === 'number' ? row.count : 1,
  lastSeenSeconds: typeof row.lastSeenSeconds === 'number' ? row.lastSeenSeconds : undefined,
})

const isReady = (pod: Facts): boolean => {
  const conditions = recordsOf(pod, 'conditions')
  if (conditions.length > 0) return conditions.some(one => one.kind === 'Ready' && one.status === 'True')
  // What ended well needs nothing more.
  if (pod.status === 'Completed' || pod.status === 'Succeeded') return true
  return pod.status === 'Running' && typeof pod.total === 'number' && pod.ready === pod.total
}

const isLater = (one: Event, other: Event): boolean => {
  const [age, otherAge] = [one.lastSeenSeconds, other.lastSeenSeconds]
  if (age === undefined || otherAge === undefined || age === otherAge) return one.place > other.place
  return age < otherAge
}

// The pods of a job are named after it.
const belongsTo = (pod: string, job: string): boolean =>
  job.startsWith('job/') && pod.startsWith(`pod/${job.slice('job/'.length)}-`)

const isOfDoneJob = (event: Event, events: readonly Event[]): boolean =>
  events.some(
    other => other.reason === 'Completed' && belongsTo(event.object, other.object) && isLater(other, event),
  )

const goesOn = ({ reason, count, lastSeenSeconds = 0 }: Event): boolean =>
  repeatsWhileReady.includes(reason) && count >= repeated.times && lastSeenSeconds <= repeated.withinSeconds

const isLongAgo = ({ lastSeenSeconds = 0 }: Event): boolean => lastSeenSeconds > repeated.withinSeconds

// A node that is well says nothing against what its kubelet reported a moment ago.
const isOverOnNode = (event: Event, nodes: ReadonlyMap<string, Facts>): boolean => {
  const node = nodes.get(event.object)
  const wanted = Object.entries(settledByCondition[event.reason] ?? {})
  if (node === undefined || wanted.length === 0 || !isLongAgo(event)) return false
  const conditions = recordsOf(node, 'conditions')
  return wanted.every(([kind, status]) => conditions.some(one => one.kind === kind && one.status === status))
}

const isWhileStopping = (event: Event, ofObject: readonly Event[]): boolean =>
  whileStopping.reasons.some(reason => reason === event.reason) &&
  ofObject.some(
    ({ message, lastSeenSeconds = 0 }) =>
      message.startsWith(whileStopping.says) &&
      Math.abs(lastSeenSeconds - (event.lastSeenSeconds ?? 0)) <= whileStopping.withinSeconds,
  )

/**
 * The numbers of lines with events that are over: a later event of the same object says that it worked, or the object is shown as
 * ready or as rid of what the event tells. What they tell is history.
 */
const findSettledEvents = ({ facts, factLines, output }: Observation): ReadonlySet<number> => {
  const events = recordsOf(facts, 'events').map(eventOf)
  if (events.length === 0) return new Set()
  const ready = new Set(
    recordsOf(facts, 'pods')
      .filter(isReady)
      .map(pod => `pod/${textOf(pod.name)}`),
  )
  const nodes = new Map(recordsOf(facts, 'nodes').map(node => [`node/${textOf(node.name)}`, node]))
  const byObject = Map.groupBy(events, event => event.object)
  const isSettled = (event: Event): boolean => {
    if (ready.has(event.object) && event.kind === 'Warning') return !goesOn(event)
    const ofObject = byObject.get(event.object) ?? []
    if (isWhileStopping(event, ofObject) || isOverOnNode(event, nodes) || isOfDoneJob(event, events))
      return true
    const settling = settledBy[event.reason] ?? []
    return ofObject.some(other => settling.includes(other.reason) && isLater(other, event))
  }
  const lines = streamLines(output, 'stdout')
  return new Set(
    events
      .filter(isSettled)
      .flatMap(({ place }) => lines[(factLines.get(`events[${place}]`) ?? 0) - 1]?.number ?? []),
  )
}

/** The numbers of lines whose trouble is over by what the output itself shows: what they tell is history. */
export const findSettledLines = (observation: Observation): ReadonlySet<number> =>
  new Set([...findSettledEvents(observation), ...findSupersededLines(observation.output.lines)])
