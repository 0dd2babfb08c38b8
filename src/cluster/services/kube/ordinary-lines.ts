import { lastSeenMs, tellerOf } from '../../kube/events.ts'
import { minorOf } from '../../kube/minor-version.ts'
import { getObject, listObjects } from '../../kube/store.ts'
import { msOf } from '../../kube/times.ts'
import { goDuration } from '../../text/spans.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject } from '../../world/kube-object.ts'
import type { World } from '../../world/world.ts'
import type { Running, Span } from '../service.ts'
import { lineMaker } from './kubelet-complaints.ts'
import { type TimedLine, ticksIn } from './telling.ts'

/** How long after something happened a program tells of it: what happens within a step is there when the next begins. */
const LATE_MS = 2_000

/** When something is told that happened at a time, if that is within a span. */
export const toldWithin = ({ fromMs, toMs }: Span, happenedMs: number | undefined): readonly number[] => {
  const atMs = (happenedMs ?? Number.NEGATIVE_INFINITY) + LATE_MS
  return atMs > fromMs && atMs <= toMs ? [atMs] : []
}

type Say = ReturnType<typeof lineMaker>

type Start = { readonly container: Container; readonly atMs: number; readonly ofPod: readonly Container[] }

const NEVER = '0001-01-01 00:00:00 +0000 UTC'

/** An instant as Go prints it that has the clock of its process beside it. */
const goTime = ({ unit }: Running, ms: number): string => {
  const [day, time] = new Date(ms).toISOString().split(/[TZ]/)
  return `${day} ${time} +0000 UTC m=+${((ms - (unit?.startedMs ?? ms)) / 1000).toFixed(9)}`
}

const started = (
  { say, self }: { readonly say: Say; readonly self: Running },
  pod: KubeObject,
  { container, atMs }: Start,
) => {
  const { namespace, name, creationTimestamp } = pod.metadata
  const createdMs = msOf(creationTimestamp)
  const pulled = self.machine.runtime?.sandboxes.find(({ id }) => id === container.sandboxId)?.pulled
  const wholeMs = Math.round(atMs - createdMs)
  const ownMs = wholeMs - Math.round(pulled === undefined ? 0 : pulled.toMs - pulled.fromMs)
  const created = `${new Date(createdMs).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`
  const observed = goTime(self, Math.round(atMs))
  return say('I', atMs, [
    'pod_startup_latency_tracker.go:102',
    `"Observed pod startup duration" pod="${namespace}/${name}" podStartSLOduration=${ownMs / 1000} podStartE2EDuration="${goDuration(wholeMs)}" podCreationTimestamp="${created}" firstStartedPulling="${pulled === undefined ? NEVER : goTime(self, Math.round(pulled.fromMs))}" lastFinishedPulling="${pulled === undefined ? NEVER : goTime(self, Math.round(pulled.toMs))}" observedRunningTime="${observed}" watchObservedRunningTime="${observed}"`,
  ])
}

/** The container before one that was started again is removed. */
const againLines = (say: Say, { container, atMs, ofPod }: Start) => {
  const before = ofPod.find(
    ({ name, attempt }) => name === container.name && attempt === container.attempt - 1,
  )
  return before === undefined
    ? []
    : [say('I', atMs, ['scope.go:117', `"RemoveContainer" containerID="${before.id}"`])]
}

/** The minor release since which a kubelet tells how long pods took to start. */
const TRACKS_STARTS = 26

/** A pod has started with the last of its containers. */
const startedLines = (
  { say, self }: { readonly say: Say; readonly self: Running },
  world: World,
  start: Start,
) => {
  const { container, ofPod } = start
  const { namespace, podName: name } = container
  const pod = getObject(world.kube, { kind: 'Pod', namespace, name })
  const isLast = ofPod.findLast(({ attempt }) => attempt === 0) === container
  return pod === undefined || !isLast || minorOf(world) < TRACKS_STARTS
    ? []
    : [started({ say, self }, pod, start)]
}

const TOPOLOGY_MS = 300_000

/** What a kubelet tells in the ordinary course of things: pods that have started, containers that it started again, and in a container of a host that it sees no topology. */
export const ordinaryLines = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const say = lineMaker(self)
  const { machine } = self
  const containers = machine.runtime?.containers ?? []
  const starts = containers.flatMap(container =>
    toldWithin(span, container.startedMs).flatMap(atMs => {
      const ofPod = containers.filter(
        ({ podName, namespace }) => podName === container.podName && namespace === container.namespace,
      )
      const start = { container, atMs, ofPod }
      const again = minorOf(world) < STRUCTURED ? [] : againLines(say, start)
      const texts = container.attempt > 0 ? again : startedLines({ say, self }, world, start)
      return texts.map(text => ({ atMs, text }))
    }),
  )
  if (machine.virtualization !== 'lxc') return starts
  const phaseMs = (self.unit?.startedMs ?? 0) % TOPOLOGY_MS
  const topology = ticksIn(span, TOPOLOGY_MS, phaseMs).map(atMs => ({
    atMs,
    text: say('W', atMs, ['sysinfo.go:203', 'Nodes topology is not available, providing CPU topology']),
  }))
  return [...starts, ...topology]
}

/** The first release whose logs name their values. */
const STRUCTURED = 20

type Told = readonly [source: string, text: string]

const olderEventText = ({ involvedObject: about, type, reason, message }: KubeObject): Told => [
  'event.go:209',
  `Event(v1.ObjectReference{Kind:"${about?.kind}", Namespace:"${about?.namespace ?? ''}", Name:"${about?.name}", UID:"${about?.uid}", APIVersion:"${about?.apiVersion}", ResourceVersion:"${about?.resourceVersion ?? ''}", FieldPath:""}): type: '${type}' reason: '${reason}' ${message}`,
]

const eventText = ({ involvedObject: about, type, reason, message }: KubeObject): Told => {
  const { kind, name, namespace, apiVersion } = about ?? {}
  const object = namespace === undefined ? name : `${namespace}/${name}`
  return [
    'event.go:307',
    `"Event occurred" object="${object}" fieldPath="" kind="${kind}" apiVersion="${apiVersion}" type="${type}" reason="${reason}" message=${JSON.stringify(message ?? '')}`,
  ]
}

/** Events tell whole seconds: this much of one had passed. */
const partOf = (event: KubeObject): number => Number(event.metadata.resourceVersion ?? 0) % 1_000

/** The first release that logs each look at a set of pods. */
const TELLS_LOOKS = 27

/** What is logged once a set of pods has been looked at, with which its event came: how long it took lies within twenty milliseconds. */
const lookText = ({ involvedObject: about }: KubeObject, tookMs: number): Told => [
  'replica_set.go:676',
  `"Finished syncing" kind="${about?.kind}" key="${about?.namespace}/${about?.name}" duration="${goDuration(tookMs)}"`,
]

/** The events that controllers have recorded, as the process in which they run logs them. */
export const controllerEvents = (world: World, self: Running, span: Span): readonly TimedLine[] => {
  const say = lineMaker(self)
  return listObjects(world.kube, 'Event').flatMap(event => {
    if (!/controller$|^horizontal-pod-autoscaler$/.test(tellerOf(event))) return []
    return toldWithin(span, lastSeenMs(event)).flatMap(lateMs => {
      // A journal takes its lines in order, a container's log has them by the time that they tell.
      const atMs = self.container === undefined ? lateMs : lateMs - LATE_MS + partOf(event)
      const [source, text] = minorOf(world) < STRUCTURED ? olderEventText(event) : eventText(event)
      const told = { atMs, text: say('I', atMs, [source, text]) }
      if (event.involvedObject?.kind !== 'ReplicaSet' || minorOf(world) < TELLS_LOOKS) return [told]
      const tookMs = (5_000 + (partOf(event) % 15) * 1_000 + partOf(event)) / 1_000
      return [told, { atMs, text: say('I', atMs + tookMs, lookText(event, tookMs)) }]
    })
  })
}
