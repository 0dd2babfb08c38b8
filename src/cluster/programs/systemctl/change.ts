import { makeLink, removePath } from '../../files/file-tree.ts'
import { advance } from '../../laws/advance.ts'
import { isInGroup } from '../../relations/control-group.ts'
import { processesOf } from '../../relations/processes.ts'
import { ailmentOf } from '../../services/ailment.ts'
import { serviceOf } from '../../services/services.ts'
import type { Call, Reply } from '../../shell/program.ts'
import { activatedBy } from '../../systemd/activated-by.ts'
import { dropTransient } from '../../systemd/drop-transient.ts'
import { disableUnit, enableUnit } from '../../systemd/enablement.ts'
import { readUnit, reloadUnits } from '../../systemd/load-unit.ts'
import { reloadUnit } from '../../systemd/reload-unit.ts'
import { signalProcess } from '../../systemd/signal-process.ts'
import { startUnit } from '../../systemd/start-unit.ts'
import { stopUnit } from '../../systemd/stop-unit.ts'
import { signalName } from '../../systemd/unit-lines.ts'
import type { ReadOptions } from '../../text/read-options.ts'
import type { Unit } from '../../world/unit.ts'
import { failedJob, needsRoot, refusalFor } from './refusals.ts'
import { unitsFor } from './unit-names.ts'

const START_MS = 180
const STOP_MS = 240

type Verb = (call: Call, unit: Unit, read: ReadOptions) => Reply | undefined

/** Waits for a start that is not done yet: until it is, or until it has failed. */
const awaitStart = ({ world, machine, passage }: Call, unit: Unit): void => {
  const self = { machine, unit, container: undefined }
  const upMs = serviceOf(unit.service).course?.(self).upMs ?? world.nowMs
  const neededMs = ailmentOf(world, self)?.afterMs ?? upMs - world.nowMs
  const waitMs = Math.min(neededMs, unit.definition.timeoutStartMs, 600_000)
  advance(world, Math.max(0, Math.min(waitMs, (passage.deadlineMs ?? Infinity) - world.nowMs)))
}

const LOOK_MS = 10

/** Waits until the commands of a unit's own file have come so far that it is up, or has failed. */
const ownStart = async ({ machine, passage }: Call, unit: Unit): Promise<Reply | undefined> => {
  const pid = unit.order?.pid
  if (pid === undefined || unit.active !== 'activating') return undefined
  const isComing = (): boolean => unit.order?.pid === pid && unit.active === 'activating'
  while (isComing()) await passage.sleep(LOOK_MS)
  return unit.result !== 'success' ? failedJob(machine, unit) : undefined
}

const start: Verb = (call, unit, { options }) => {
  const { world, machine } = call
  if (unit.active === 'active') return undefined
  unit.restarts = 0
  if (unit.sub === 'auto-restart')
    Object.assign(unit, { active: 'inactive', sub: 'dead', nextStartMs: undefined })
  const outcome = startUnit(world, { machine, unit, atMs: world.nowMs })
  if (outcome === 'dependency')
    return {
      stderr: `A dependency job for ${unit.name} failed. See 'journalctl -xe' for details.\n`,
      exit: 1,
    }
  if (options.has('no-block')) return undefined
  if (outcome === 'waiting' && unit.order === undefined) awaitStart(call, unit)
  const isKnown =
    unit.definition.type !== 'simple' ||
    unit.result === 'resources' ||
    outcome !== 'failed' ||
    unit.definition.execStartPre.length > 0
  return (unit.active === 'failed' || unit.sub === 'auto-restart') && outcome !== 'done' && isKnown
    ? failedJob(call.machine, unit)
    : undefined
}

/** Ends what lies in a group: the unit is there as long as that does. */
const stopGroup = ({ world, machine }: Call, group: string): void => {
  for (const process of processesOf(world, machine).filter(each => isInGroup(each, group)))
    signalProcess(world, machine, { process, signal: 'TERM' })
}

const stop: Verb = (call, unit) => {
  const { world, machine } = call
  if (unit.group !== undefined) {
    stopGroup(call, unit.group)
    return undefined
  }
  const wasUp = unit.active === 'active'
  stopUnit(world, { machine, unit, atMs: world.nowMs })
  const sockets = wasUp ? activatedBy(machine, unit) : []
  return sockets.length === 0
    ? undefined
    : told([
        `Warning: Stopping ${unit.name}, but it can still be activated by:`,
        ...sockets.map(name => `  ${name}`),
      ])
}

const restart: Verb = (call, unit, read) => {
  stop(call, unit, read)
  advance(call.world, STOP_MS)
  return start(call, unit, read)
}

const reload: Verb = (call, unit) =>
  unit.active !== 'active'
    ? { stderr: `${unit.name} is not active, cannot reload.\n`, exit: 1 }
    : unit.definition.execReload === ''
      ? {
          stderr: `Failed to reload ${unit.name}: Job type reload is not applicable for unit ${unit.name}.\n`,
          exit: 1,
        }
      : reloadUnit(call.world, { machine: call.machine, unit, atMs: call.world.nowMs })
        ? undefined
        : failedJob(call.machine, { ...unit, result: 'exit-code' })

const told = (lines: readonly string[]): Reply | undefined =>
  lines.length === 0 ? undefined : { stderr: lines.map(line => `${line}\n`).join('') }

const enable: Verb = (call, unit, read) => {
  const made = enableUnit(call.machine, unit, call.world.nowMs)
  const reply = told(made.map(path => `Created symlink ${path} → ${unit.fragmentPath}.`))
  return (read.options.has('now') ? start(call, unit, read) : undefined) ?? reply
}

const disable: Verb = (call, unit, read) => {
  const removed = disableUnit(call.machine, unit)
  if (read.options.has('now')) stop(call, unit, read)
  return told(removed.map(path => `Removed ${path}.`))
}

const mask: Verb = (call, unit, read) => {
  const path = `/etc/systemd/system/${unit.name}`
  if (call.machine.files.get(path)?.kind === 'file')
    return { stderr: `Failed to mask unit: File ${path} already exists.\n`, exit: 1 }
  makeLink(call.machine.files, path, { to: '/dev/null', mtimeMs: call.world.nowMs })
  unit.load = 'masked'
  if (read.options.has('now')) stop(call, unit, read)
  return told([`Created symlink ${path} → /dev/null.`])
}

const unmask: Verb = ({ machine }, unit) => {
  const path = `/etc/systemd/system/${unit.name}`
  if (machine.files.get(path)?.text !== '/dev/null') return undefined
  removePath(machine.files, path)
  readUnit(machine, unit)
  return told([`Removed ${path}.`])
}

const kill: Verb = ({ world, machine }, unit, { options }) => {
  const name = (options.get('signal')?.at(-1) ?? 'TERM').replace(/^SIG/, '')
  const signal = /^\d+$/.test(name) ? (signalName(Number(name)) ?? 'TERM') : name
  const process = processesOf(world, machine).find(({ pid }) => pid === unit.mainPid)
  if (unit.mainPid !== 0 && process !== undefined) signalProcess(world, machine, { process, signal })
  return undefined
}

const resetFailed: Verb = ({ machine }, unit) => {
  if (unit.active === 'failed') {
    Object.assign(unit, { active: 'inactive', sub: 'dead', result: 'success' })
    dropTransient({ machine, unit })
  }
  Object.assign(unit, { restarts: 0, recentStartsMs: [] })
  return undefined
}

const ifActive =
  (verb: Verb): Verb =>
  (call, unit, read) =>
    unit.active === 'active' ? verb(call, unit, read) : undefined

/** The verbs that change units, by name. */
const verbs: Readonly<Record<string, Verb>> = {
  start,
  stop,
  restart,
  reload,
  'reload-or-restart': (call, unit, read) =>
    unit.definition.execReload === '' ? restart(call, unit, read) : reload(call, unit, read),
  'try-restart': ifActive(restart),
  condrestart: ifActive(restart),
  enable,
  disable,
  reenable: (call, unit, read) => disable(call, unit, read) ?? enable(call, unit, read),
  mask,
  unmask,
  kill,
  'reset-failed': resetFailed,
}

/** Whether a word is a verb that changes units. */
export const changesUnits = (verb: string): boolean => verbs[verb] !== undefined

/** Runs a verb over the units that were named, each in turn. */
export const changeUnits = async (call: Call, read: ReadOptions): Promise<Reply> => {
  const [verb = '', ...words] = read.words
  const denied = needsRoot(verb, call.user)
  if (denied !== undefined) return denied
  const all = verb === 'reset-failed' && words.length === 0 ? [...call.machine.units.values()] : undefined
  if (all === undefined && words.length === 0) return { stderr: 'Too few arguments.\n', exit: 1 }
  let stderr = ''
  let exit = 0
  for (const unit of all ?? words.flatMap(word => unitsFor(call, word))) {
    const told =
      refusalFor(verb, unit) ?? (typeof unit === 'string' ? undefined : verbs[verb]?.(call, unit, read))
    const reply =
      typeof unit === 'string' || read.options.has('no-block') ? told : ((await ownStart(call, unit)) ?? told)
    stderr += reply?.stderr ?? ''
    exit = Math.max(exit, reply?.exit ?? 0)
  }
  return {
    stderr: read.options.has('quiet') ? '' : stderr,
    exit,
    tookMs: verb === 'stop' ? STOP_MS : START_MS,
  }
}

/** `systemctl daemon-reload`. */
export const daemonReload = (call: Call): Reply => {
  const denied = needsRoot('daemon-reload', call.user)
  if (denied !== undefined) return denied
  reloadUnits(call.machine)
  return { tookMs: 350 }
}
