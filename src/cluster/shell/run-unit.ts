import { endProcess } from '../systemd/end-process.ts'
import { type OwnCommand, ownCommands } from '../systemd/own-commands.ts'
import { enterMain, finishOneshot } from '../systemd/start-unit.ts'
import { exitText, type Happening, sayLines, tell } from '../systemd/unit-lines.ts'
import type { FreeProcess, Machine } from '../world/machine.ts'
import type { Unit, UnitExit } from '../world/unit.ts'
import type { World } from '../world/world.ts'
import type { Errand } from './jobs.ts'
import { createLevel, type Level } from './level.ts'
import { createLineWriter, isUnknown, type OrderSession, RUNS_MS } from './orders.ts'
import type { Reply } from './program.ts'

/** A unit whose commands run, and its main process. */
export type Running = { readonly machine: Machine; readonly unit: Unit; readonly process: FreeProcess }

const exited = (status: number): UnitExit => ({ code: 'exited', status, signal: undefined })

/** Whether a unit's commands are still those that run. */
export const isCurrent = ({ unit, process }: Running): boolean => unit.order?.pid === process.pid

const now = (world: World, { machine, unit }: Running): Happening => ({ machine, unit, atMs: world.nowMs })

/** Writes output to the journal line by line. */
const journalOf = (world: World, running: Running) =>
  createLineWriter(lines => {
    const said = lines.filter(line => line !== '').map(text => ({ text }))
    sayLines({ ...now(world, running), unit: { ...running.unit, mainPid: running.process.pid } }, said)
  })

const levelFor = ({ machine, unit }: Running): Level => {
  const user = unit.definition.user || 'root'
  const post = { machine, host: machine, container: undefined, user }
  const folder = unit.definition.workingDirectory
  return createLevel(post, { ...unit.environment }, folder.startsWith('/') ? folder : '/')
}

/** Runs commands one after the other until one fails that may not. */
const runAll = async (
  { world, session, running, errand }: Work,
  commands: readonly OwnCommand[],
): Promise<{ readonly status: number; readonly isKnown: boolean }> => {
  for (const { line, words, mayFail } of commands) {
    const { write, end } = journalOf(world, running)
    const level = levelFor(running)
    const ran = await session.run({ level, line, process: running.process, onOutput: write }, errand)
    await errand.wait(RUNS_MS)
    if (!isCurrent(running)) return { status: 0, isKnown: true }
    if (isUnknown(ran, words[0])) return { status: 0, isKnown: false }
    const { stdout = '', stderr = '', exit = 0 } = ran
    write(stdout)
    write(stderr)
    end()
    if (exit !== 0 && !mayFail) return { status: exit, isKnown: true }
  }
  return { status: 0, isKnown: true }
}

/** A unit's commands as a session runs them. */
export type Work = {
  readonly world: World
  readonly session: OrderSession
  readonly running: Running
  readonly errand: Errand
}

const failBefore = (world: World, running: Running, status: number): void => {
  const { unit } = running
  tell(now(world, running), `${unit.name}: Control process exited, ${exitText(exited(status))}`, 5)
  unit.mainPid = 0
  endProcess(world, now(world, running), exited(status))
}

/** Runs what a unit's file says, and lets the unit come up, end or fail by it. */
export const runUnit = async (work: Work): Promise<Reply> => {
  const { world, running } = work
  const { machine, unit } = running
  const { before, main } = ownCommands(machine, unit)
  const failed = (await runAll(work, before)).status
  if (!isCurrent(running)) return {}
  if (failed !== 0) {
    failBefore(world, running, failed)
    return {}
  }
  const isOneshot = unit.definition.type === 'oneshot'
  if (unit.sub === 'start-pre') {
    if (isOneshot) unit.sub = 'start'
    else enterMain(now(world, running))
  }
  const { status, isKnown } = await runAll(work, main)
  if (!isCurrent(running)) return {}
  if (isOneshot && status === 0) finishOneshot(now(world, running))
  else if (isKnown) endProcess(world, now(world, running), exited(status))
  else unit.order = undefined
  return {}
}
