import { folderOf } from '../../files/paths.ts'
import { addLogLine } from '../../journal/log-lines.ts'
import { writeKernel } from '../../journal/write-journal.ts'
import { specNamed } from '../../kube/pod.ts'
import { numberOf } from '../../kube/quantity.ts'
import { getObject } from '../../kube/store.ts'
import { awaitTime } from '../../relations/await-time.ts'
import { type ClusterHost, clusterHosts } from '../../relations/cluster-hosts.ts'
import { controlGroupOf } from '../../relations/control-group.ts'
import { beginData } from '../../relations/database-access.ts'
import { processesOf } from '../../relations/processes.ts'
import { isStopped } from '../../relations/stopped.ts'
import { statusAfterTerm } from '../../relations/term-signal.ts'
import { briefRun } from '../../services/kube/brief-runs.ts'
import type { Running } from '../../services/service.ts'
import { serviceOf } from '../../services/services.ts'
import { noteUp } from '../../services/starting.ts'
import { spreadStamps } from '../../text/spread-stamps.ts'
import type { Container } from '../../world/container.ts'
import type { LogLine } from '../../world/journal-entry.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import type { Machine } from '../../world/machine.ts'
import type { World } from '../../world/world.ts'
import type { Law } from '../law.ts'
import { groupOomLines } from '../oom-lines.ts'
import { admissionKey } from './pod-lines.ts'
import { sayRemoved } from './runtime-ends.ts'

const MOST_LINES = 3_000
/** Of a long absence only this much is told. */
const MOST_TOLD_MS = 1_800_000
const OOM_AFTER_MS = 4_000

const podOf = (world: World, { namespace, podName }: Container): KubeObject | undefined =>
  getObject(world.kube, { kind: 'Pod', namespace, name: podName })

/** The specification of a container in its pod; `undefined` once the pod is gone. */
export const specOf = (world: World, container: Container): KubeValue | undefined => {
  const pod = podOf(world, container)
  return pod && specNamed(pod, container.name)
}

/** Ends a container. */
export const endContainer = (
  container: Container,
  { atMs, exitCode, reason }: { readonly atMs: number; readonly exitCode: number; readonly reason: string },
): void => {
  container.state = 'exited'
  container.isEndUntold = true
  container.finishedMs = atMs
  container.exitCode = exitCode
  container.reason = reason
}

type Writing = {
  readonly text: string
  readonly priority?: number
  readonly atMs?: number
  readonly stream?: LogLine['stream']
}

/** Adds lines to a container's log, by the clock of its machine; the oldest go when it becomes long. */
export const writeLog = (
  { container, machine }: { readonly container: Container; readonly machine: Machine },
  atMs: number,
  lines: readonly Writing[],
): void => {
  const texts = spreadStamps(lines.map(({ text }) => text))
  for (const [index, line] of lines.entries())
    addLogLine(
      { container, machine },
      { atMs: line.atMs ?? atMs, stream: line.stream ?? 'stderr', text: texts[index] ?? '' },
    )
  const firstMs = lines[0]?.atMs ?? atMs
  // What was said in a moment between two steps stands there already.
  if (lines.length > 0 && (container.log.at(-lines.length - 1)?.atMs ?? 0) > firstMs)
    container.log.sort((a, b) => a.atMs - b.atMs)
  if (container.log.length > MOST_LINES) container.log.splice(0, container.log.length - MOST_LINES)
}

const killForMemory = (world: World, { host }: ClusterHost, container: Container): boolean => {
  const limit = numberOf(specOf(world, container)?.resources?.limits?.memory)
  const startedMs = container.startedMs ?? world.nowMs
  if (limit === 0 || container.memoryBytes <= limit || world.nowMs < startedMs + OOM_AFTER_MS) return false
  const victim = processesOf(world, host).find(({ pid }) => pid === container.pid)
  endContainer(container, { atMs: world.nowMs, exitCode: 137, reason: 'OOMKilled' })
  if (victim === undefined) return true
  const limited = folderOf(controlGroupOf(victim))
  for (const message of groupOomLines(world, host, { victim, limited, limitBytes: limit }))
    writeKernel(host, { atMs: world.nowMs, priority: 3, message })
  return true
}

const START_MS = 5_000

const runOne = (
  world: World,
  place: ClusterHost,
  { container, fromMs }: { container: Container; fromMs: number },
) => {
  const self: Running = { machine: place.machine, unit: undefined, container }
  const service = serviceOf(container.service)
  const startedMs = container.startedMs ?? world.nowMs
  const { machine } = place
  const ailment = briefRun(container) ?? service.ailment?.(world, self)
  if (ailment === undefined) {
    noteUp(world, container)
    // It looks for its data once, as it starts.
    if (container.service === 'postgres' && container.log.length === 0)
      beginData(world, place.machine, container)
  }
  // What ends it before it is up leaves it no time to say that it is.
  const comesUp = (ailment?.afterMs ?? Number.POSITIVE_INFINITY) > START_MS
  if (comesUp && container.log.length === 0 && startedMs <= world.nowMs)
    writeLog({ container, machine }, startedMs, service.greeting?.(world, self) ?? [])
  if (killForMemory(world, place, container)) return
  const endsMs = startedMs + (ailment?.afterMs ?? 0)
  if (ailment !== undefined) awaitTime(world, endsMs)
  if (ailment !== undefined && world.nowMs >= endsMs) {
    const atMs = endsMs > fromMs ? endsMs : world.nowMs
    writeLog({ container, machine }, atMs, ailment.lines)
    const { exit } = ailment
    const exitCode = exit.code === 'killed' ? 128 + exit.status : exit.status
    endContainer(container, { atMs, exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' })
    return
  }
  const span = { fromMs: Math.max(fromMs, startedMs, world.nowMs - MOST_TOLD_MS), toMs: world.nowMs }
  if (span.toMs > span.fromMs)
    writeLog({ container, machine }, world.nowMs, service.chatter?.(world, self, span) ?? [])
}

/** Containers run while their machine has power: they speak, and end when something ails them. */
export const runContainers: Law = (world, passedMs) => {
  const fromMs = world.nowMs - passedMs
  for (const place of clusterHosts(world)) {
    for (const container of place.machine.runtime?.containers ?? []) {
      if (container.state !== 'running' || isStopped(place.machine, container.pid)) continue
      if (place.host.isPowered) runOne(world, place, { container, fromMs })
      else endContainer(container, { atMs: world.nowMs, exitCode: 255, reason: 'Unknown' })
    }
    if (place.host.isPowered || place.machine.runtime === undefined) continue
    for (const sandbox of place.machine.runtime.sandboxes) sandbox.state = 'not-ready'
    delete place.machine.runtime.podGroups
  }
}

/** Stops the running containers of a pod on a machine. */
export const stopContainers = (
  world: World,
  { machine }: ClusterHost,
  { uid, exitCode }: { readonly uid: string; readonly exitCode?: number },
): void => {
  const { runtime } = machine
  for (const sandbox of runtime?.sandboxes.filter(s => s.kubeUid === uid) ?? [])
    for (const container of runtime?.containers ?? [])
      if (container.sandboxId === sandbox.id && container.state === 'running') {
        const farewell = serviceOf(container.service).farewell
        writeLog(
          { container, machine },
          world.nowMs,
          farewell?.(world, { machine, unit: undefined, container }) ?? [],
        )
        const code = exitCode ?? statusAfterTerm(container)
        endContainer(container, {
          atMs: world.nowMs,
          exitCode: code,
          reason: code === 0 ? 'Completed' : 'Error',
        })
      }
}

/** Removes a pod's sandboxes and containers from a machine. */
export const removePod = (world: World, place: ClusterHost, uid: string): void => {
  stopContainers(world, place, { uid })
  const { runtime } = place.machine
  if (runtime === undefined) return
  const sandboxes = runtime.sandboxes.filter(s => s.kubeUid === uid)
  for (const sandbox of sandboxes)
    sayRemoved(
      { world, machine: place.machine },
      sandbox,
      runtime.containers.filter(({ sandboxId }) => sandboxId === sandbox.id),
    )
  const gone = new Set(sandboxes.map(s => s.id))
  delete runtime.timers[admissionKey(uid)]
  for (const key of Object.keys(runtime.volumes ?? {}))
    if (key.startsWith(`${uid}/`)) delete runtime.volumes?.[key]
  runtime.sandboxes = runtime.sandboxes.filter(s => !gone.has(s.id))
  runtime.containers = runtime.containers.filter(c => !gone.has(c.sandboxId))
  for (const pulls of [runtime.pulls, runtime.pulling ?? {}])
    for (const key of Object.keys(pulls)) if (key.startsWith(`${uid}_`)) delete pulls[key]
}
