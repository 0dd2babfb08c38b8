import { awaitTime } from '../../relations/await-time.ts'
import { probeProblem } from '../../relations/probe.ts'
import { countFailure, failuresKey } from '../../relations/probe-counts.ts'
import { firstProbeMs } from '../../relations/probe-times.ts'
import { statusAfterTerm } from '../../relations/term-signal.ts'
import type { Container } from '../../world/container.ts'
import type { KubeObject, KubeValue } from '../../world/kube-object.ts'
import { type Kubelet, kubeletReports, kubeletSays } from '../kubelet.ts'
import { endsAfterMs, graceOf } from './end-containers.ts'
import { endContainer } from './run-containers.ts'
import { sayStopped } from './runtime-ends.ts'
import { placeOf } from './telling.ts'

/** A container with its pod and specification. */
export type PodPart = {
  readonly pod: KubeObject
  readonly spec: KubeValue
  readonly container: Container
}

const kinds = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const
type ProbeKind = keyof typeof kinds

const verdict = (kubelet: Kubelet, { pod, spec, container }: PodPart, kind: ProbeKind) => {
  const probe = spec[`${kind}Probe`]
  if (probe === undefined) return undefined
  const { world, machine } = kubelet
  const beginsMs = firstProbeMs(kind, { machine, container, probe, version: world.kube.version })
  if (world.nowMs < beginsMs) {
    awaitTime(world, beginsMs)
    return 'waiting' as const
  }
  const problem = probeProblem(world, { machine, pod, container, spec }, probe)
  return problem === undefined ? ('passes' as const) : { problem, probe }
}

/** A kubelet that was away for longer does not tell what it did not ask. */
const CATCH_UP_MS = 60_000

const toldKey = (kind: ProbeKind, { id }: Container): string => `${kind}-told/${id}`

/** When a probe that fails was made since it was last told of: once in each period, however long the step. */
const failuresSince = (
  { world, unit }: Kubelet,
  { toldMs, periodMs, untilMs }: { toldMs: number | undefined; periodMs: number; untilMs: number },
): readonly number[] => {
  if (toldMs === undefined || world.nowMs - toldMs > Math.max(CATCH_UP_MS, 2 * periodMs)) return [world.nowMs]
  const count = Math.max(0, Math.floor((untilMs - toldMs) / periodMs))
  return Array.from({ length: count }, (_, place) => toldMs + (place + 1) * periodMs).filter(
    atMs => atMs >= (unit.startedMs ?? 0),
  )
}

const report = (
  kubelet: Kubelet,
  { pod, spec, container }: PodPart,
  {
    kind,
    problem,
    untilMs = kubelet.world.nowMs,
  }: { readonly kind: ProbeKind; readonly problem: string; readonly untilMs?: number },
): void => {
  const timers = kubelet.machine.runtime?.timers ?? {}
  const key = toldKey(kind, container)
  const periodMs = (spec[`${kind}Probe`].periodSeconds ?? 10) * 1000
  for (const atMs of failuresSince(kubelet, { toldMs: timers[key], periodMs, untilMs })) {
    timers[key] = atMs
    countFailure(kubelet.machine, failuresKey(kind, { unit: kubelet.unit, container }))
    kubeletReports(kubelet, pod, {
      type: 'Warning',
      reason: 'Unhealthy',
      message: `${kinds[kind]} probe failed: ${problem}`,
      atMs,
      ...placeOf(container),
    })
    kubeletSays(kubelet, 'I', {
      source: 'prober.go:107',
      text: `"Probe failed" probeType="${kinds[kind]}" pod="${pod.metadata.namespace}/${pod.metadata.name}" podUID="${pod.metadata.uid}" containerName="${container.name}" probeResult="failure" output=${JSON.stringify(problem)}`,
      atMs,
    })
  }
}

/** Kills a container whose startup or liveness probe failed often enough in a row. */
const killWhenFailing = (kubelet: Kubelet, part: PodPart, kind: 'startup' | 'liveness'): void => {
  const { world, machine } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const key = `${kind}/${part.container.id}`
  const found = verdict(kubelet, part, kind)
  if (found === undefined || found === 'passes' || found === 'waiting') {
    delete timers[key]
    delete timers[toldKey(kind, part.container)]
    return
  }
  timers[key] ??= world.nowMs
  const { periodSeconds = 10, failureThreshold = 3 } = found.probe
  const endsMs = timers[key] + periodSeconds * Math.max(0, failureThreshold - 1) * 1000
  report(kubelet, part, { kind, problem: found.problem, untilMs: Math.min(world.nowMs, endsMs) })
  awaitTime(world, endsMs)
  if (world.nowMs < endsMs) return
  delete timers[key]
  const { container, pod } = part
  kubeletReports(kubelet, pod, {
    type: 'Normal',
    reason: 'Killing',
    message: `Container ${container.name} failed ${kind} probe, will be restarted`,
    ...placeOf(container),
  })
  kubeletSays(kubelet, 'I', {
    source: 'kuberuntime_container.go:742',
    text: `"Killing container with a grace period" pod="${pod.metadata.namespace}/${pod.metadata.name}" podUID="${pod.metadata.uid}" containerName="${container.name}" containerID="containerd://${container.id}" gracePeriod=30`,
  })
  const graceMs = (found.probe.terminationGracePeriodSeconds ?? graceOf(pod)) * 1000
  timers[endingKey(container)] = world.nowMs + endsAfterMs(pod, container, graceMs)
  endWhenDue(kubelet, part)
}

const endingKey = ({ id }: Container): string => `ending/${id}`

/** Ends a container that was told to end by a probe once its time is over; says whether it was told so. */
const endWhenDue = (kubelet: Kubelet, { container, pod }: PodPart): boolean => {
  const { world, machine } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const endsMs = timers[endingKey(container)]
  if (endsMs === undefined) return false
  awaitTime(world, endsMs)
  if (world.nowMs < endsMs) return true
  delete timers[endingKey(container)]
  const exitCode = statusAfterTerm(container)
  endContainer(container, { atMs: world.nowMs, exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' })
  sayStopped(kubelet, container, pod.spec?.terminationGracePeriodSeconds)
  return true
}

/** Whether a running container has come up by its startup probe, before which no other is made. */
export const hasStarted = (kubelet: Kubelet, part: PodPart): boolean => {
  if (part.spec.startupProbe === undefined) return true
  const timers = kubelet.machine.runtime?.timers ?? {}
  const key = `started/${part.container.id}`
  if (timers[key] === undefined && verdict(kubelet, part, 'startup') === 'passes')
    timers[key] = kubelet.world.nowMs
  return timers[key] !== undefined
}

/** Whether a container that was not ready at a time has been asked since: that is so once in each period. */
const isAskedAgain = (
  { world, machine }: Kubelet,
  { spec, container }: PodPart,
  unreadyMs: number | undefined,
): boolean => {
  if (unreadyMs === undefined) return true
  const probe = spec.readinessProbe
  const periodMs = (probe.periodSeconds ?? 10) * 1000
  const firstMs = firstProbeMs('readiness', { machine, container, probe, version: world.kube.version })
  const askedMs = firstMs + Math.ceil((unreadyMs + 1 - firstMs) / periodMs) * periodMs
  awaitTime(world, askedMs)
  return world.nowMs >= askedMs
}

/** Whether a running container counts as ready: once it was, only after as many failures in a row as its probe allows. */
export const isReady = (kubelet: Kubelet, part: PodPart): boolean => {
  if (part.container.state !== 'running' || !hasStarted(kubelet, part)) return false
  const found = verdict(kubelet, part, 'readiness')
  if (found === undefined) return true
  const { world, machine } = kubelet
  const timers = machine.runtime?.timers ?? {}
  const key = `ready-until/${part.container.id}`
  const unreadyKey = `unready-at/${part.container.id}`
  if (found === 'passes') {
    if (timers[key] === undefined && !isAskedAgain(kubelet, part, timers[unreadyKey])) return false
    delete timers[unreadyKey]
    timers[key] = Number.MAX_SAFE_INTEGER
    return true
  }
  if (found !== 'waiting' && timers[key] === undefined) timers[unreadyKey] = world.nowMs
  if (found === 'waiting' || timers[key] === undefined) return false
  const { periodSeconds = 10, failureThreshold = 3 } = found.probe
  timers[key] = Math.min(timers[key], world.nowMs + periodSeconds * Math.max(0, failureThreshold - 1) * 1000)
  if (timers[key] > world.nowMs) return true
  delete timers[key]
  timers[unreadyKey] = world.nowMs
  return false
}

/** Probes a running container: what fails is reported, and ends it where the probe says so. */
export const probeContainer = (kubelet: Kubelet, part: PodPart): void => {
  if (part.container.state !== 'running' || endWhenDue(kubelet, part)) return
  if (!hasStarted(kubelet, part)) {
    killWhenFailing(kubelet, part, 'startup')
    return
  }
  killWhenFailing(kubelet, part, 'liveness')
  if (part.container.state !== 'running') return
  const found = verdict(kubelet, part, 'readiness')
  if (found === undefined || found === 'passes' || found === 'waiting')
    delete kubelet.machine.runtime?.timers[toldKey('readiness', part.container)]
  else report(kubelet, part, { kind: 'readiness', problem: found.problem })
}
