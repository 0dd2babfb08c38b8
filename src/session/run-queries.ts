import type { StepRef } from '../base/index.ts'
import { LONG_LINES } from '../diagnosis/index.ts'
import type { Run, RunPhase } from './run.ts'
import { stepKey } from './step-key.ts'
import type { Session } from './types.ts'

const allRuns = (session: Session): readonly Run[] => [...session.runs.values()]

const runsIn = (session: Session, phase: RunPhase): readonly Run[] =>
  allRuns(session).filter(run => run.phase === phase)

/** Tells whether a run is still to end: queued, waiting for an approval, or running. */
export const isPending = (run: Run): boolean => run.phase !== 'finished' && run.phase !== 'dropped'

/** Tells whether causes were looked for in a part of some lines of its output only. */
export const isSearchedInPart = ({ diagnostics }: Run): boolean =>
  diagnostics.some(({ code }) => code === LONG_LINES)

/** The runs that were asked for at a step, oldest first, ad-hoc commands included. */
export const runsOfStep = (session: Session, ref: StepRef): readonly Run[] =>
  allRuns(session).filter(run => stepKey(run.ref) === stepKey(ref))

/** The newest run of a command of the runbook where the session stands, whatever its phase. */
export const latestRunOf = (session: Session, commandId: string): Run | undefined =>
  allRuns(session).findLast(
    run => run.commandId === commandId && run.ref.runbook === session.current?.runbook,
  )

/** Tells whether nothing of a step is queued, waiting or running. */
export const stepRunsFinished = (session: Session, ref: StepRef): boolean =>
  !runsOfStep(session, ref).some(isPending)

/** The run that is on the target now. */
export const runningRun = (session: Session): Run | undefined => runsIn(session, 'running')[0]

/** The runs that will start by themselves, in order. */
export const queuedRuns = (session: Session): readonly Run[] => runsIn(session, 'queued')

/** Tells whether a run ended as a command that has done what it should. */
export const hasSucceeded = ({ outcome }: Run): boolean => outcome?.kind === 'exited' && outcome.code === 0

/** Tells whether a queued run may start: what it waits for has ended well. */
export const isReady = ({ runs }: Session, { waitsFor }: Run): boolean => {
  const awaited = waitsFor === undefined ? undefined : runs.get(waitsFor)
  return awaited === undefined || hasSucceeded(awaited)
}

/** The finished runs, each command of each step (and each ad-hoc line) with its newest only, oldest first. */
export const newestFinishedRuns = (session: Session): readonly Run[] => {
  const newest = new Map<string, Run>()
  for (const run of runsIn(session, 'finished'))
    newest.set(`${stepKey(run.ref)} ${run.commandId ?? run.line}`, run)
  return [...newest.values()]
}

/** The newest finished run of each command of a step's own: ad-hoc lines say nothing of its ways on. */
export const finishedRunsOf = (session: Session, ref: StepRef): readonly Run[] =>
  newestFinishedRuns(session).filter(run => run.commandId !== undefined && stepKey(run.ref) === stepKey(ref))
