import type { StepRef } from '../../base/index.ts'
import { type Run, runsOfStep, type Session } from '../../session/index.ts'
import type { Finding } from './nouns.ts'

/** A finding together with the run that showed it. */
export type ShownFinding = { readonly finding: Finding; readonly runId: string }

/** A cause as an output of a step shows it, and how many of the step's outputs do. */
export type StepFinding = ShownFinding & { readonly outputs: number }

const weight: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 }

const rankOf = ({ finding }: ShownFinding): number =>
  (finding.consequenceOf === undefined ? 0 : 10) + weight[finding.severity]

const newestRuns = (runs: readonly Run[]): readonly Run[] => {
  const finished = runs.filter(run => run.phase === 'finished')
  return [...new Map(finished.map(run => [run.commandId ?? run.line, run])).values()]
}

/** What outputs point to, together for each cause: causes before consequences, errors first. */
export const groupFindings = (findings: readonly ShownFinding[]): readonly (readonly ShownFinding[])[] => {
  const ranked = [...findings].sort((one, other) => rankOf(one) - rankOf(other))
  return [...Map.groupBy(ranked, ({ finding }) => finding.cause).values()]
}

/** What the newest outputs of a step point to, each cause once: causes before consequences, errors first. */
export const stepFindings = (session: Session, ref: StepRef): readonly StepFinding[] =>
  groupFindings(
    newestRuns(runsOfStep(session, ref)).flatMap(({ runId, findings }) =>
      findings.map(finding => ({ finding, runId })),
    ),
  ).flatMap(shown => (shown[0] === undefined ? [] : { ...shown[0], outputs: shown.length }))
