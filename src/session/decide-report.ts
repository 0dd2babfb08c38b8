import type { CapturedOutput } from '../base/index.ts'
import { analyseOutput } from './analyse-output.ts'
import { acceptAndStart, type IntentOf, preview, refuse, type Situation } from './decision.ts'
import { judgeStep } from './judge-step.ts'
import type { Run } from './run.ts'
import { hasSucceeded, queuedRuns } from './run-queries.ts'
import { withoutSettled } from './settled-findings.ts'
import type { Decision, Session, SessionEvent } from './types.ts'

type Report = IntentOf<'report-outcome'>

const analyse = ({ session, context }: Situation, run: Run, report: Report): readonly SessionEvent[] => {
  const { runId, line: command } = run
  const analysis = report.analysis ?? analyseOutput(context, { command, ...report })
  const { parser, facts, lines, diagnostics, findings } = analysis
  return [
    { type: 'facts-derived', runId, parser, facts, lines: Object.fromEntries(lines), diagnostics },
    { type: 'findings-derived', runId, findings: withoutSettled(session, context.library, findings) },
  ]
}

const finish = ({ runId, outcome, output, body, masked }: Report): SessionEvent => {
  const { totalLines, totalBytes } = output
  const found = masked === undefined ? {} : { masked }
  return { type: 'run-finished', runId, outcome, totalLines, totalBytes, body, ...found }
}

/** Judges with the reported output at hand, and the earlier ones as far as they are still kept. */
const judge = (situation: Situation, run: Run, report: Report): readonly SessionEvent[] => {
  const { outputOf } = situation.context
  const kept = (runId: string): CapturedOutput | undefined =>
    runId === report.runId ? report.output : outputOf?.(runId)
  return judgeStep({ ...situation, context: { ...situation.context, outputOf: kept } }, run.ref)
}

/** What was to run only after something was saved does not run when that failed. */
const dropWaiting = (session: Session, runId: string): readonly SessionEvent[] => {
  const saving = session.runs.get(runId)
  if (saving === undefined || hasSucceeded(saving)) return []
  const because = 'What it would lose could not be saved first.'
  return queuedRuns(session)
    .filter(({ waitsFor }) => waitsFor === runId)
    .map(run => ({ type: 'run-dropped', runId: run.runId, because }))
}

/** Concludes a run: facts, findings and verdicts become events, so that a replay never parses again. Then the next one starts. */
export const decideReport = (situation: Situation, report: Report): Decision => {
  const { session, context } = situation
  const run = session.runs.get(report.runId)
  if (run?.phase !== 'running')
    return refuse('E_SESSION_RUN_UNKNOWN', `No run "${report.runId}" is under way.`)
  const concluded = [finish(report), ...analyse(situation, run, report)]
  const after = { session: preview(session, concluded), context }
  const judged = run.commandId === undefined ? [] : judge(after, run, report)
  return acceptAndStart(session, [...concluded, ...judged, ...dropWaiting(after.session, report.runId)])
}
