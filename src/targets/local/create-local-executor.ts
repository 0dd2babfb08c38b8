import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import type { CommandRequest, Outcome } from '../../base/index.ts'
import { refuseRun } from '../process/refuse-run.ts'
import type { Executor, LendTerminal } from '../types.ts'
import { type Means, prepareMeans } from './prepare-means.ts'
import { type LocalRun, runCommand } from './run-command.ts'
import { carrySurroundings, type Surroundings } from './surroundings.ts'
import { notStarted, wordOutcome } from './word-outcome.ts'

/** How this machine is used as a target. What is left out is taken from the running process. */
export type LocalSetup = {
  readonly lendTerminal: LendTerminal
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly host?: string
}

const processFolder = (home: string | undefined): string => {
  try {
    return process.cwd()
  } catch {
    // Someone removed it under us.
    return home ?? '/'
  }
}

const initialSurroundings = ({ cwd, env = process.env }: LocalSetup): Surroundings => {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { env: Object.fromEntries(set), cwd: cwd ?? processFolder(env.HOME) }
}

/** What the next command finds, given what this one found and how it went. A command's own folder is not carried on. */
const surroundingsAfter = (before: Surroundings, run: LocalRun, request: CommandRequest): Surroundings => {
  if (run.ending.kind !== 'exited' || run.ending.exit.code === null) return before
  const after = carrySurroundings(before, run.left)
  return request.cwd === undefined ? after : { ...after, cwd: before.cwd }
}

const firstFolder = (...folders: readonly string[]): string =>
  folders.find(folder => existsSync(folder)) ?? '/'

/**
 * Runs commands on this machine through bash, each in a session of its own (see `Executor`). On a normal exit, what is left in the
 * command's process group is stopped; a process that took a session of its own (setsid) is left alone then, but not after a
 * timeout or an abort. A working directory that is gone makes one command fail, and the next starts where the first one did.
 * An environment marker finds the processes again, also when this process is killed: a watchdog ends them then.
 */
export const createLocalExecutor = (setup: LocalSetup): Executor => {
  const initial = initialSurroundings(setup)
  const closing = new AbortController()
  let surroundings = initial
  let preparing: Promise<Means | undefined> | undefined
  let running: Promise<Outcome> | undefined

  const execute: Executor['run'] = async (request, sink, signal) => {
    preparing ??= prepareMeans(initial.env)
    const means = await preparing
    if (means === undefined) {
      preparing = undefined
      return notStarted(
        'not-found',
        'There is no bash on the PATH. Install bash or correct the PATH, then run the command again.',
      )
    }
    if (signal.aborted) return { kind: 'canceled' }
    const cwd = resolve(surroundings.cwd, request.cwd ?? '')
    const here = { ...surroundings, cwd }
    const run = await runCommand({
      request,
      means,
      surroundings: here,
      lendTerminal: setup.lendTerminal,
      sink,
      signal,
    })
    surroundings = surroundingsAfter(surroundings, run, request)
    if (run.ending.kind === 'failed')
      surroundings = { ...surroundings, cwd: firstFolder(surroundings.cwd, initial.cwd) }
    return wordOutcome(run.ending, { cwd, nextCwd: surroundings.cwd, timeoutMs: request.timeoutMs })
  }

  return {
    target: { name: 'local', host: setup.host ?? hostname(), reach: 'machine' },
    run: async (request, sink, signal) => {
      const refusal = refuseRun(request, {
        isClosed: closing.signal.aborted,
        isRunning: running !== undefined,
      })
      if (refusal !== undefined) return refusal
      running = execute(request, sink, AbortSignal.any([signal, closing.signal]))
      try {
        return await running
      } catch (error) {
        return notStarted(
          'refused',
          `The command could not be run here: ${error instanceof Error ? error.message : error}`,
        )
      } finally {
        running = undefined
      }
    },
    close: async () => {
      closing.abort()
      await running?.catch(() => undefined)
      const means = await preparing
      await means?.close()
    },
  }
}
