import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandRequest } from '../../base/index.ts'
import type { Ending, Launch } from '../process/launch.ts'
import { runCaptured } from '../process/run-captured.ts'
import { runOnTerminal } from '../process/run-on-terminal.ts'
import type { LendTerminal, OutputSink } from '../types.ts'
import { bashArguments, bashScript, scriptVariables } from './bash-script.ts'
import type { Means } from './prepare-means.ts'
import { capturedEnvironment, type Surroundings, terminalEnvironment } from './surroundings.ts'

/** A command to run here and now. */
export type LocalCommand = {
  readonly request: CommandRequest
  readonly means: Means
  readonly surroundings: Surroundings
  readonly lendTerminal: LendTerminal
  readonly sink: OutputSink
  readonly signal: AbortSignal
}

/** How the command went, and what bash wrote down of the surroundings that it left; empty when it did not come to that. */
export type LocalRun = { readonly ending: Ending; readonly left: string }

const readLeft = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Written only by a bash that came to its end.
    return ''
  } finally {
    for (const file of [path, `${path}.names`]) rmSync(file, { force: true })
  }
}

const composeLaunch = ({ request, means, surroundings }: LocalCommand, leftPath: string): Launch => {
  const compose = request.mode === 'interactive' ? terminalEnvironment : capturedEnvironment
  const { script, line, left } = scriptVariables
  const forBash = { [script]: bashScript, [line]: request.line, [left]: leftPath }
  return {
    file: means.bash,
    args: bashArguments,
    cwd: surroundings.cwd,
    env: { ...compose(surroundings), ...forBash },
  }
}

/** Runs a command through bash, on the terminal or captured, guarded by the watchdog. */
export const runCommand = async (command: LocalCommand): Promise<LocalRun> => {
  const { request, means, lendTerminal, sink, signal } = command
  const marker = randomUUID()
  const leftPath = means.folder === undefined ? '' : join(means.folder, marker)
  const launch = composeLaunch(command, leftPath)
  const job = { launch, marker, signal, timeoutMs: request.timeoutMs, onStart: means.watchdog.guard }
  means.watchdog.expect(marker)
  const ending =
    request.mode === 'interactive'
      ? await runOnTerminal({ ...job, lendTerminal })
      : await runCaptured({ ...job, pipes: means.pipes, sink })
  means.watchdog.release()
  return { ending, left: leftPath === '' ? '' : readLeft(leftPath) }
}
