import { fail, type Outcome, type Result, succeed } from '../../base/index.ts'
import type { Executor } from '../types.ts'
import { folderLine, readyLine, startLine } from './lines.ts'
import { runQuietly } from './run-quietly.ts'
import { needsPassword, passwordRefused } from './word-refusal.ts'

/** Lets sudo ask on the terminal and start a helper; gives the helper's folder, or why there is none. */
export const startHelper = async (
  executor: Executor,
  signal: AbortSignal,
): Promise<Result<string, Outcome>> => {
  const { host } = executor.target
  const folder = (await runQuietly(executor, folderLine, signal)).text.trim()
  if (folder === '') return fail(passwordRefused(host))
  const begun = await executor.run(
    {
      runId: 'sudo',
      line: startLine(folder),
      place: undefined,
      mode: 'interactive',
      timeoutMs: undefined,
      cwd: undefined,
    },
    () => undefined,
    signal,
  )
  const isStarted = begun.kind === 'exited' && begun.code === 0
  const { text } = await runQuietly(executor, isStarted ? readyLine(folder) : `rm -rf ${folder}`, signal)
  if (text.trim() === 'ready') return succeed(folder)
  if (begun.kind === 'canceled' || begun.kind === 'lost') return fail(begun)
  return fail(begun.kind === 'not-started' ? needsPassword(host) : passwordRefused(host))
}
