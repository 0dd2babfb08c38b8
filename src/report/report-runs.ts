import { type CapturedOutput, wordOutcome } from '../base/index.ts'
import type { Run, Session } from '../session/index.ts'
import { plainText } from './plain-text.ts'
import type { ReportCause, ReportEvidence, ReportRun } from './types.ts'

/** How many lines of an output stand in a report: its end, where the telling lines usually are. */
const MOST_LINES = 200
const MOST_EVIDENCE = 5

/** Gives what is kept of a run's output. */
export type OutputOf = (run: Run) => CapturedOutput | undefined

const secondsBetween = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 1000

const toRun = (run: Run, session: Session, outputOf: OutputOf): ReportRun => ({
  id: run.runId,
  step: run.ref.step,
  line: run.line,
  effect: run.effect,
  host: run.machine?.host ?? session.header?.host ?? '',
  startedAt: run.startedAt ?? '',
  seconds: secondsBetween(run.startedAt, run.finishedAt),
  outcome: run.outcome === undefined ? 'its end was not seen' : wordOutcome(run.outcome),
  exit: run.outcome?.kind === 'exited' ? run.outcome.code : undefined,
  lines: run.totalLines,
  output: (outputOf(run)?.lines ?? []).slice(-MOST_LINES).map(line => plainText(line.text)),
  changes: run.changes,
  undo: run.undo,
})

/** Every run that began, in order. */
export const reportRuns = (session: Session, outputOf: OutputOf): readonly ReportRun[] =>
  [...session.runs.values()]
    .filter(run => run.startedAt !== undefined)
    .map(run => toRun(run, session, outputOf))

const evidenceFor = (session: Session, cause: string): readonly ReportEvidence[] =>
  [...session.runs.values()]
    .flatMap(run =>
      run.findings
        .filter(finding => finding.cause === cause)
        .flatMap(finding =>
          finding.evidence.map(({ text, line }) => ({ text: plainText(text.trim()), run: run.runId, line })),
        ),
    )
    .slice(0, MOST_EVIDENCE)

/** What was found, with its evidence from every run that showed it. */
export const reportCauses = (
  session: Session,
  found: readonly Run['findings'][number][],
): readonly ReportCause[] =>
  found.map(({ cause, title, layer, severity, meaning, consequenceOf }) => ({
    id: cause,
    title,
    layer,
    severity,
    meaning,
    consequenceOf,
    evidence: evidenceFor(session, cause),
  }))
