import type { StepRef } from '../../base/index.ts'
import { type Run, runsOfStep, type Session } from '../../session/index.ts'
import type { Finding } from './nouns.ts'

/** A finding together with the run that showed it. */
export type StepFinding = { readonly finding: Finding; readonly runId: string }

const weight: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 }

const rankOf = ({ finding }: StepFinding): number =>
  (finding.consequenceOf === undefined ? 0 : 10) + weight[finding.severity]

const newestRuns = (runs: readonly Run[]): readonly Run[] => {
  const finished = runs.filter(run => run.phase === 'finished')
  return [...new Map(finished.map(run => [run.commandId ?? run.line, run])).values()]
}

/** Causes before consequences, errors first. */
export const rankFindings = (findings: readonly StepFinding[]): readonly StepFinding[] =>
  [...findings].sort((one, other) => rankOf(one) - rankOf(other))

/** What the newest outputs of a step point to: causes before consequences, errors first. */
export const stepFindings = (session: Session, ref: StepRef): readonly StepFinding[] =>
  rankFindings(
    newestRuns(runsOfStep(session, ref)).flatMap(({ runId, findings }) =>
      findings.map(finding => ({ finding, runId })),
    ),
  )
