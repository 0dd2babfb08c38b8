import { type CapturedOutput, wordOutcome } from '../base/index.ts'
import type { Run, Session } from '../session/index.ts'
import { plainText } from './plain-text.ts'
import type { ReportRun } from './types.ts'

/** How many lines of an output stand in a report: its end, where the telling lines usually are. */
const MOST_LINES = 200
/** Nor more than so many of all outputs that neither show a cause nor changed something, so that a long session stays readable. */
const MOST_TOGETHER = 20_000
const LEAST_LINES = 10

const linesOf = (run: Run, count: number): number => {
  const isTelling = run.effect !== 'read' || run.findings.length > 0
  return isTelling
    ? MOST_LINES
    : Math.max(LEAST_LINES, Math.min(MOST_LINES, Math.floor(MOST_TOGETHER / count)))
}

/** Gives what is kept of a run's output. */
export type OutputOf = (run: Run) => CapturedOutput | undefined

/** The machine on which a run ran. */
export const hostOf = (run: Run, session: Session): string => run.machine?.host ?? session.header?.host ?? ''

/** Not known either where the clock was set back in between. */
const secondsBetween = (from: string | undefined, to: string | undefined): number | undefined => {
  const seconds = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000
  return seconds >= 0 ? seconds : undefined
}

type Share = { readonly outputOf: OutputOf; readonly count: number }

const outputIn = (run: Run, { outputOf, count }: Share): Pick<ReportRun, 'output' | 'isOutputKept'> => {
  const output = outputOf(run)
  return {
    output: (output?.lines ?? []).slice(-linesOf(run, count)).map(line => plainText(line.text)),
    isOutputKept: output !== undefined || run.totalLines === 0,
  }
}

const toRun = (run: Run, session: Session, share: Share): ReportRun => ({
  id: run.runId,
  runbook: run.ref.runbook,
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
  ...outputIn(run, share),
  changes: run.changes,
  undo: run.undo,
  savesFor: run.savesFor,
})

/** Every run that began, in order. */
export const reportRuns = (session: Session, outputOf: OutputOf): readonly ReportRun[] => {
  const begun = [...session.runs.values()].filter(run => run.startedAt !== undefined)
  return begun.map(run => toRun(run, session, { outputOf, count: begun.length }))
}
