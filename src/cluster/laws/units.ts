import { isStopped } from '../relations/stopped.ts'
import { ailmentOf } from '../services/ailment.ts'
import { serviceOf } from '../services/services.ts'
import { isStarting, noteUp } from '../services/starting.ts'
import { isCalledBack } from '../systemd/activated-by.ts'
import { endProcess } from '../systemd/end-process.ts'
import { startUnit } from '../systemd/start-unit.ts'
import { type Happening, sayLines, tell, titleOf } from '../systemd/unit-lines.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Law } from './law.ts'

/** What befalls a unit next: when, and what it does then. */
type Event = { readonly atMs: number; readonly bring: (atMs: number) => void }

const MOST_EVENTS = 400

const timeOut = (world: World, at: Happening): void => {
  tell(at, `${at.unit.name}: start operation timed out. Terminating.`, 4)
  endProcess(world, at, { code: 'killed', status: 15, signal: 'TERM', why: 'timeout' })
}

const becomeReady = (world: World, at: Happening): void => {
  const { machine, unit, atMs } = at
  Object.assign(unit, { active: 'active', sub: 'running', sinceMs: atMs, result: 'success' })
  sayLines(at, serviceOf(unit.service).greeting?.(world, { machine, unit, container: undefined }) ?? [])
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
const nextOfProcess = (
  world: World,
  machine: Machine,
  unit: Unit,
): ((fromMs: number) => Event | undefined) => {
  const self = { machine, unit, container: undefined }
  const ailment = ailmentOf(world, self)
  if (ailment === undefined) noteUp(world, unit)
  const startedMs = unit.startedMs ?? unit.sinceMs
  const timeoutMs = startedMs + unit.definition.timeoutStartMs
  const isStarting = unit.active === 'activating'
  return fromMs => {
    if (ailment === undefined)
      return isStarting
        ? { atMs: fromMs, bring: atMs => becomeReady(world, { machine, unit, atMs }) }
        : undefined
    const endsMs = startedMs + ailment.afterMs
    if (isStarting && timeoutMs < endsMs)
      return { atMs: Math.max(fromMs, timeoutMs), bring: atMs => timeOut(world, { machine, unit, atMs }) }
    if (endsMs === Number.POSITIVE_INFINITY) return undefined
    return {
      atMs: Math.max(fromMs, endsMs),
      bring: atMs => {
        sayLines({ machine, unit, atMs }, ailment.lines)
        endProcess(world, { machine, unit, atMs }, ailment.exit)
      },
    }
  }
}

const nextEvent = (world: World, machine: Machine, unit: Unit): ((fromMs: number) => Event | undefined) => {
  if (unit.sub === 'auto-restart')
    return fromMs => ({
      atMs: Math.max(fromMs, unit.nextStartMs ?? fromMs),
      bring: atMs => restart(world, { machine, unit, atMs }),
    })
  return unit.mainPid === 0 ? () => undefined : nextOfProcess(world, machine, unit)
}

const settleUnit = (
  world: World,
  machine: Machine,
  { unit, fromMs }: { unit: Unit; fromMs: number },
): void => {
  let seenMs = fromMs
  for (let events = 0; events < MOST_EVENTS; events++) {
    const event = nextEvent(world, machine, unit)(seenMs)
    if (event === undefined || event.atMs > world.nowMs) return
    event.bring(event.atMs)
    seenMs = event.atMs
  }
}

const tellChatter = (
  world: World,
  machine: Machine,
  { unit, fromMs }: { unit: Unit; fromMs: number },
): void => {
  if (unit.mainPid === 0) return
  const self = { machine, unit, container: undefined }
  const startedMs = unit.startedMs ?? fromMs
  // One that ends at its start says nothing afterwards.
  const ailment = isStarting(world, self) ? ailmentOf(world, self) : undefined
  const endsMs = startedMs + (ailment?.afterMs ?? Number.POSITIVE_INFINITY)
  const span = { fromMs: Math.max(fromMs, startedMs), toMs: Math.min(world.nowMs, endsMs) }
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
        tellChatter(world, machine, { unit, fromMs })
        settleUnit(world, machine, { unit, fromMs })
      }
  }
}
