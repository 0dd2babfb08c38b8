import { type CapturedOutput, wordOutcome } from '../base/index.ts'
import type { Run, Session } from '../session/index.ts'
import { plainText } from './plain-text.ts'
import type { ReportRun } from './types.ts'

/** How many lines of an output stand in a report: its end, where the telling lines usually are. */
const MOST_LINES = 200

/** Gives what is kept of a run's output. */
export type OutputOf = (run: Run) => CapturedOutput | undefined

/** The machine on which a run ran. */
export const hostOf = (run: Run, session: Session): string => run.machine?.host ?? session.header?.host ?? ''

const secondsBetween = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 1000

const outputIn = (run: Run, outputOf: OutputOf): Pick<ReportRun, 'output' | 'isOutputKept'> => {
  const output = outputOf(run)
  return {
    output: (output?.lines ?? []).slice(-MOST_LINES).map(line => plainText(line.text)),
    isOutputKept: output !== undefined || run.totalLines === 0,
  }
}

const toRun = (run: Run, session: Session, outputOf: OutputOf): ReportRun => ({
  id: run.runId,
  step: run.ref.step,
  origin: run.commandId === undefined && run.savesFor === undefined ? 'typed' : 'runbook',
  line: plainText(run.line),
  effect: run.effect,
  host: hostOf(run, session),
  startedAt: run.startedAt ?? '',
  seconds: secondsBetween(run.startedAt, run.finishedAt),
  outcome: run.outcome === undefined ? 'its end was not seen' : wordOutcome(run.outcome),
  exit: run.outcome?.kind === 'exited' ? run.outcome.code : undefined,
  lines: run.totalLines,
  ...outputIn(run, outputOf),
  changes: run.changes,
  undo: run.undo,
  savesFor: run.savesFor,
})

/** Every run that began, in order. */
export const reportRuns = (session: Session, outputOf: OutputOf): readonly ReportRun[] =>
  [...session.runs.values()]
    .filter(run => run.startedAt !== undefined)
    .map(run => toRun(run, session, outputOf))
