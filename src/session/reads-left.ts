import type { StepRef } from '../base/index.ts'
import type { Step, StepCommand } from '../tree/index.ts'
import type { Run } from './run.ts'
import { finishedRunsOf } from './run-queries.ts'
import { readsOfStep } from './step-reads.ts'
import type { Session } from './types.ts'

/** Tells whether a command had its say: neither the way to the machine nor a person cut it short. A program that is not there will not say more. */
const hadItsSay = ({ outcome }: Run): boolean =>
  outcome?.kind === 'exited' ||
  outcome?.kind === 'timed-out' ||
  (outcome?.kind === 'not-started' && outcome.reason === 'not-found')

/** The reads of a step that an answer should wait for: not optional, and not run to their end. */
export const readsLeft = (session: Session, ref: StepRef, step: Step): readonly StepCommand[] => {
  const said = new Set(
    finishedRunsOf(session, ref)
      .filter(hadItsSay)
      .map(run => run.commandId),
  )
  return readsOfStep(step, session.variables).filter(({ id, optional }) => !optional && !said.has(id))
}
