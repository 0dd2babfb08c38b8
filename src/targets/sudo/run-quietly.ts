import type { Outcome } from '../../base/index.ts'
import type { Executor } from '../types.ts'

/** How a line of our own ended, and what it printed on either stream. */
export type QuietRun = { readonly outcome: Outcome; readonly text: string }

const LIMIT_MS = 15_000

/** Runs a short line of our own on a target, which must be idle. */
export const runQuietly = async (
  executor: Executor,
  line: string,
  signal: AbortSignal,
): Promise<QuietRun> => {
  const pieces: string[] = []
  const outcome = await executor.run(
    { runId: 'sudo', line, place: undefined, mode: 'batch', timeoutMs: LIMIT_MS, cwd: undefined },
    chunk => pieces.push(chunk.text),
    signal,
  )
  return { outcome, text: pieces.join('') }
}
