import { type Run, runningRun, type Session, type StampedEvent } from '../../session/index.ts'
import { elapsedMs } from '../present/words.ts'

/** How far what was asked for has come. Lengths of time are milliseconds. */
export type Progress = {
  readonly run: Run
  readonly elapsedMs: number
  /** Until it is stopped; absent for what runs until it is told to stop. */
  readonly leftMs: number | undefined
  /** Which of how many runs that were asked for together; absent for one alone. */
  readonly batch: { readonly at: number; readonly of: number } | undefined
}

/** Runs that were asked for together were journaled at the same instant. */
const batchOf = (events: readonly StampedEvent[], runId: string): Progress['batch'] => {
  const requests = events.filter(event => event.type === 'run-requested')
  const own = requests.find(({ run }) => run.runId === runId)
  const together = requests.filter(({ at }) => at === own?.at)
  const at = together.findIndex(({ run }) => run.runId === runId) + 1
  return together.length > 1 ? { at, of: together.length } : undefined
}

/** What runs now, and how far it is; `undefined` while nothing does. `now` is milliseconds since the epoch. */
export const progressOf = (
  session: Session,
  events: readonly StampedEvent[],
  now: number,
): Progress | undefined => {
  const run = runningRun(session)
  if (run === undefined) return undefined
  const elapsed = elapsedMs(run, now)
  const leftMs = run.timeoutMs === undefined ? undefined : Math.max(0, run.timeoutMs - elapsed)
  return { run, elapsedMs: elapsed, leftMs, batch: batchOf(events, run.runId) }
}

/** What takes less long is not worth a word. */
export const worthTellingMs = 1000
