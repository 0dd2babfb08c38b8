import { accountsOf, isNamed } from '../relations/accounts.ts'
import { forksChild } from '../relations/child-process.ts'
import { CHILD_AFTER } from '../relations/container-children.ts'
import { hostnameOf } from '../relations/hostname.ts'
import { freeThreads } from '../relations/threads.ts'
import { ailmentOf } from '../services/ailment.ts'
import { serviceOf } from '../services/services.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit, UnitExit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import { beginService } from './begin-service.ts'
import { environmentOf, executionProblem, expandCommand, missingEnvironmentFile } from './command-line.ts'
import { failedCondition } from './conditions.ts'
import { dropTransient } from './drop-transient.ts'
import { endProcess } from './end-process.ts'
import { tellFound } from './left-over.ts'
import { findUnit, limitProcessor } from './load-unit.ts'
import { isOrdered } from './own-commands.ts'
import { dropPrivate, makePrivate } from './private-folders.ts'
import { runStartPre } from './start-pre.ts'
import { type Happening, sayLines, tell, titleOf } from './unit-lines.ts'

/** How a start went: `done`, still `waiting` for the service to be ready, or the reason why it failed. */
export type StartOutcome = 'done' | 'waiting' | 'failed' | 'dependency'

const enter = ({ unit, atMs }: Happening, active: typeof unit.active, sub: string): void => {
  Object.assign(unit, { active, sub, sinceMs: atMs })
}

const failStart = (at: Happening, result: string): StartOutcome => {
  at.unit.result = result
  enter(at, 'failed', 'failed')
  tell(at, `${at.unit.name}: Failed with result '${result}'.`, 4)
  tell(at, `Failed to start ${titleOf(at.unit)}.`, 3)
  return 'failed'
}

const hitsLimit = ({ unit, atMs }: Happening): boolean => {
  const { startLimitIntervalMs, startLimitBurst } = unit.definition
  unit.recentStartsMs = unit.recentStartsMs.filter(started => atMs - started < startLimitIntervalMs)
  return startLimitIntervalMs > 0 && unit.recentStartsMs.length >= startLimitBurst
}

const takePid = (machine: Machine): number => {
  machine.nextPid += 1 + (machine.nextPid % 3)
  return machine.nextPid
}

const exited = (status: number): UnitExit => ({ code: 'exited', status, signal: undefined })

/** What keeps systemd from executing the program at all: its step, status, and the error. */
const spawnProblem = ({ machine, unit }: Happening): readonly [string, number, string] | undefined => {
  const { user, workingDirectory, execStart } = unit.definition
  if (user !== '' && !/^\d+$/.test(user) && !isNamed(accountsOf(machine), user))
    return ['USER', 217, 'No such process']
  if (workingDirectory.startsWith('/') && !machine.files.has(workingDirectory))
    return ['CHDIR', 200, 'No such file or directory']
  const problem = executionProblem(machine, execStart)
  return problem === undefined ? undefined : ['EXEC', 203, problem]
}

/** A oneshot has done all that it was to do. */
export const finishOneshot = (at: Happening): StartOutcome => {
  const { unit } = at
  const stays = unit.definition.remainsAfterExit
  Object.assign(unit, {
    lastExit: exited(0),
    endedMs: at.atMs,
    lastPid: unit.mainPid,
    mainPid: 0,
    order: undefined,
    result: 'success',
  })
  enter(at, stays ? 'active' : 'inactive', stays ? 'exited' : 'dead')
  if (!stays) dropPrivate(at)
  if (!stays) tell(at, `${unit.name}: Deactivated successfully.`)
  tell(at, `Finished ${titleOf(unit)}.`)
  if (!stays) dropTransient(at)
  return 'done'
}

/** How much of its usual work a process has done by the time that it is up. */
const STARTING_MS = 30_000

/** What a program that soon ends takes of a processor: some milliseconds, not always as many. */
const shortWorkMs = ({ mainPid }: Unit): number => 4 + (mainPid % 13)

/** What a process takes of the machine from its start on. */
const takeShare = (unit: Unit): void => {
  Object.assign(unit, unit.usual, { cpuMs: (STARTING_MS * unit.usual.cpuPercent) / 100 })
  limitProcessor(unit)
}

/** Has the commands of a unit's own file run: who keeps the shells begins them. */
const order = (at: Happening): StartOutcome => {
  const { unit } = at
  const { type, execStartPre } = unit.definition
  unit.order = { pid: unit.mainPid, isBegun: false }
  if (type === 'oneshot' || execStartPre.length > 0) {
    enter(at, 'activating', execStartPre.length > 0 ? 'start-pre' : 'start')
    return type === 'oneshot' ? 'waiting' : 'done'
  }
  enterMain(at)
  return 'done'
}

/** The main process of a simple unit runs. */
export const enterMain = (at: Happening): void => {
  tell(at, `Started ${titleOf(at.unit)}.`)
  enter(at, 'active', 'running')
}

/** Brings the process up and tells what it says. A unit of type notify is up only when nothing ails it. */
const launch = (world: World, at: Happening): StartOutcome => {
  const { machine, unit, atMs } = at
  const { type, execStart } = unit.definition
  const environment = environmentOf(machine, unit)
  Object.assign(unit, { environment, execStart: expandCommand(execStart, environment) })
  Object.assign(unit, { mainPid: takePid(machine), startedMs: atMs, endedMs: undefined, lastExit: undefined })
  Object.assign(unit, { result: 'success', cpuMs: type === 'oneshot' ? shortWorkMs(unit) : 0 })
  if (forksChild(unit)) machine.nextPid += CHILD_AFTER
  unit.hostname = hostnameOf(machine)
  makePrivate(at)
  const problem = spawnProblem(at)
  if (problem === undefined && type !== 'oneshot') takeShare(unit)
  if (problem !== undefined) {
    const [step, status, error] = problem
    if (type === 'simple') tell(at, `Started ${titleOf(unit)}.`)
    if (step === 'EXEC' && error.startsWith('No such'))
      tell(at, `${unit.name}: Failed to locate executable ${execStart.split(' ')[0]}: ${error}`, 3)
    if (step === 'USER') tell(at, `${unit.name}: Failed to determine user credentials: ${error}`, 3)
    tell(at, `${unit.name}: Failed at step ${step} spawning ${execStart.split(' ')[0]}: ${error}`, 3)
    endProcess(world, at, exited(status))
    return 'failed'
  }
  if (isOrdered(unit)) return order(at)
  const ailment = ailmentOf(world, { machine, unit, container: undefined })
  if (type === 'oneshot') {
    if (ailment === undefined) {
      beginService(world, at)
      return finishOneshot(at)
    }
    sayLines(at, ailment.lines)
    endProcess(world, at, ailment.exit)
    return 'failed'
  }
  if (type !== 'simple' && (ailment !== undefined || serviceOf(unit.service).course !== undefined)) {
    enter(at, 'activating', 'start')
    return 'waiting'
  }
  if (type === 'simple') tell(at, `Started ${titleOf(unit)}.`)
  enter(at, 'active', 'running')
  if (ailment === undefined) beginService(world, at)
  if (type !== 'simple') tell(at, `Started ${titleOf(unit)}.`)
  return 'done'
}

/** Starts what a unit requires and wants first; says whether a requirement failed. */
const startNeeds = (world: World, { machine, unit, atMs }: Happening): boolean => {
  const { requires, bindsTo, wants } = unit.definition
  for (const name of wants) {
    const wanted = findUnit(machine, name)
    if (wanted?.active === 'inactive' && wanted.load === 'loaded')
      startUnit(world, { machine, unit: wanted, atMs })
  }
  return [...requires, ...bindsTo].every(name => {
    const needed = findUnit(machine, name)
    if (needed === undefined || needed.load !== 'loaded') return false
    if (needed.active === 'active') return true
    const outcome = startUnit(world, { machine, unit: needed, atMs })
    return outcome === 'done' || outcome === 'waiting'
  })
}

/** What is not a service is simply there once it is started. */
const startOther = (at: Happening): StartOutcome => {
  const subs: Record<string, string> = {
    socket: 'listening',
    timer: 'waiting',
    path: 'waiting',
    mount: 'mounted',
  }
  const sub = subs[at.unit.name.split('.').at(-1) ?? ''] ?? 'active'
  enter(at, 'active', sub)
  const verbs: Record<string, string> = {
    listening: 'Listening on',
    mounted: 'Mounted',
    active: 'Reached target',
  }
  tell(at, `${verbs[sub] ?? 'Started'} ${titleOf(at.unit)}.`)
  return 'done'
}

/** Starts a unit at a time, with what it requires: the same for a start by hand, at boot and after a failure. */
export const startUnit = (world: World, at: Happening): StartOutcome => {
  const { machine, unit, atMs } = at
  if (unit.active === 'active') return 'done'
  if (unit.order !== undefined) return 'waiting'
  if (!startNeeds(world, at)) {
    tell(at, `Dependency failed for ${titleOf(unit)}.`, 3)
    tell(at, `${unit.name}: Job ${unit.name}/start failed with result 'dependency'.`, 5)
    return 'dependency'
  }
  if (!unit.name.endsWith('.service')) return startOther(at)
  const condition = failedCondition(machine, unit)
  if (condition !== undefined) {
    tell(at, `Condition check resulted in ${titleOf(unit)} being skipped.`)
    return 'done'
  }
  if (hitsLimit(at)) {
    tell(at, `${unit.name}: Start request repeated too quickly.`, 4)
    return failStart(at, unit.result === 'success' ? 'start-limit-hit' : unit.result)
  }
  unit.recentStartsMs.push(atMs)
  unit.nextStartMs = undefined
  tellFound(world, at)
  if (unit.definition.type !== 'simple' || unit.definition.execStartPre.length > 0)
    tell(at, `Starting ${titleOf(unit)}...`)
  if (freeThreads(machine) === 0) {
    tell(at, `${unit.name}: Failed to fork: Resource temporarily unavailable`, 4)
    tell(at, `${unit.name}: Failed to run 'start' task: Resource temporarily unavailable`, 4)
    return failStart(at, 'resources')
  }
  const missing = missingEnvironmentFile(machine, unit)
  if (missing !== undefined) {
    tell(at, `${unit.name}: Failed to load environment files: No such file or directory`, 4)
    tell(at, `${unit.name}: Failed to run 'start' task: No such file or directory`, 4)
    return failStart(at, 'resources')
  }
  const failedPre = isOrdered(unit) ? undefined : runStartPre(at)
  if (unit.definition.execStartPre.length > 0) tellFound(world, at)
  if (failedPre !== undefined) {
    endProcess(world, at, exited(failedPre))
    return 'failed'
  }
  return launch(world, at)
}
