import { awaitTime } from '../relations/await-time.ts'
import { forkChild } from '../relations/child-process.ts'
import { isStopped } from '../relations/stopped.ts'
import { ailmentOf } from '../services/ailment.ts'
import type { Ailment, Span } from '../services/service.ts'
import { serviceOf } from '../services/services.ts'
import { noteUp } from '../services/starting.ts'
import { isCalledBack } from '../systemd/activated-by.ts'
import { beginService } from '../systemd/begin-service.ts'
import { endProcess } from '../systemd/end-process.ts'
import { startUnit } from '../systemd/start-unit.ts'
import { type Happening, sayLines, tell, titleOf } from '../systemd/unit-lines.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

/** What befalls a unit next: when, and what it does then. */
type Event = { readonly atMs: number; readonly bring: (atMs: number) => void }

type Place = { readonly machine: Machine; readonly unit: Unit }

const MOST_EVENTS = 400

const timeOut = (world: World, at: Happening): void => {
  tell(at, `${at.unit.name}: start operation timed out. Terminating.`, 4)
  endProcess(world, at, { code: 'killed', status: 15, signal: 'TERM', why: 'timeout' })
}

const becomeReady = (world: World, at: Happening): void => {
  const { unit, atMs } = at
  Object.assign(unit, { active: 'active', sub: 'running', sinceMs: atMs, result: 'success' })
  beginService(world, at)
  tell(at, `Started ${titleOf(unit)}.`)
}

const restart = (world: World, at: Happening): void => {
  const { unit } = at
  unit.restarts += 1
  tell(at, `${unit.name}: Scheduled restart job, restart counter is at ${unit.restarts}.`)
  tell(at, `Stopped ${titleOf(unit)}.`)
  Object.assign(unit, { active: 'inactive', sub: 'dead', nextStartMs: undefined })
  startUnit(world, at)
}

/** The next thing that befalls a unit with a process, given that the world has been as it is since `fromMs`. */
const nextOfProcess = (world: World, at: Place): ((fromMs: number) => Event | undefined) => {
  const { machine, unit } = at
  const self = { machine, unit, container: undefined }
  const ailment = ailmentOf(world, self)
  if (ailment === undefined) noteUp(world, unit)
  const startedMs = unit.startedMs ?? unit.sinceMs
  const endsMs = startedMs + (ailment?.afterMs ?? Number.POSITIVE_INFINITY)
  if (unit.active === 'activating') return fromMs => nextOfStart(world, at, { fromMs, ailment, endsMs })
  if (ailment === undefined || endsMs === Number.POSITIVE_INFINITY) return () => undefined
  return fromMs => ({
    atMs: Math.max(fromMs, endsMs),
    bring: atMs => fall(world, { machine, unit, atMs }, ailment),
  })
}

const fall = (world: World, at: Happening, ailment: Ailment): void => {
  sayLines(at, ailment.lines)
  endProcess(world, at, ailment.exit)
}

/** What comes next of a start that systemd waits for: its child, its end, or that it is up. */
const nextOfStart = (
  world: World,
  { machine, unit }: Place,
  { fromMs, ailment, endsMs }: { fromMs: number; ailment: Ailment | undefined; endsMs: number },
): Event | undefined => {
  const isHeld = ailment?.afterMs === Number.POSITIVE_INFINITY
  if (isHeld) unit.heldMs = world.nowMs
  const self = { machine, unit, container: undefined }
  const service = serviceOf(unit.service)
  const course = service.course?.(self)
  const at = (dueMs: number, bring: (at: Happening) => void): Event => ({
    atMs: Math.max(fromMs, dueMs),
    bring: atMs => bring({ machine, unit, atMs }),
  })
  if (course !== undefined && !isHeld && unit.forked?.by !== unit.mainPid && course.forksMs < endsMs)
    return at(course.forksMs, ({ atMs }) => {
      forkChild(machine, unit, atMs)
      service.prepare?.(world, self)
    })
  const timeoutMs = (unit.startedMs ?? unit.sinceMs) + unit.definition.timeoutStartMs
  const readyMs = ailment === undefined ? Math.max(fromMs, course?.upMs ?? 0) : Number.POSITIVE_INFINITY
  if (timeoutMs < Math.min(endsMs, readyMs)) return at(timeoutMs, happening => timeOut(world, happening))
  if (ailment === undefined) {
    awaitTime(world, readyMs)
    return at(readyMs, happening => becomeReady(world, happening))
  }
  return isHeld ? undefined : at(endsMs, happening => fall(world, happening, ailment))
}

const nextEvent = (world: World, { machine, unit }: Place): ((fromMs: number) => Event | undefined) => {
  if (unit.sub === 'auto-restart')
    return fromMs => ({
      atMs: Math.max(fromMs, unit.nextStartMs ?? fromMs),
      bring: atMs => restart(world, { machine, unit, atMs }),
    })
  return unit.mainPid === 0 ? () => undefined : nextOfProcess(world, { machine, unit })
}

/** Lets a unit talk, end, wait and start again until now, one after the other. */
const settleUnit = (world: World, at: Place, fromMs: number): void => {
  let seenMs = fromMs
  for (let events = 0; events < MOST_EVENTS; events++) {
    const event = nextEvent(world, at)(seenMs)
    const toMs = Math.min(world.nowMs, event?.atMs ?? world.nowMs)
    tellChatter(world, at, { fromMs: seenMs, toMs })
    if (event === undefined || event.atMs > world.nowMs) return
    event.bring(event.atMs)
    seenMs = event.atMs
  }
}

const tellChatter = (world: World, { machine, unit }: Place, during: Span): void => {
  if (unit.mainPid === 0) return
  const self = { machine, unit, container: undefined }
  const span = { ...during, fromMs: Math.max(during.fromMs, unit.startedMs ?? 0) }
  if (span.fromMs >= span.toMs) return
  for (const line of serviceOf(unit.service).chatter?.(world, self, span) ?? [])
    sayLines({ machine, unit, atMs: line.atMs }, [line])
  unit.cpuMs += (unit.cpuPercent / 100) * (span.toMs - span.fromMs)
}

/** Lets the units of every machine that is on run, end, wait and start again, and say what they have to say meanwhile. */
export const unitsLaw: Law = (world, passedMs) => {
  const fromMs = world.nowMs - passedMs
  for (const host of world.machines.values()) {
    if (!host.isPowered) continue
    for (const machine of host.planet === undefined ? [host] : [host, host.planet])
      for (const unit of machine.units.values()) {
        if (isCalledBack(machine, unit)) startUnit(world, { machine, unit, atMs: world.nowMs })
        if (unit.mainPid === 0 && unit.sub !== 'auto-restart') continue
        if (isStopped(machine, unit.mainPid)) continue
        settleUnit(world, { machine, unit }, fromMs)
      }
  }
}
