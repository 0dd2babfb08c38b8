import type { StepRef } from '../base/index.ts'
import { isUnderWay, numberRuns } from './decide-running.ts'
import { acceptAndStart, refuse, refuseWith, type Situation } from './decision.ts'
import { fillCommand } from './fill-command.ts'
import { currentStep } from './lookup.ts'
import { missingValues, prepareCommand } from './prepare-run.ts'
import { refuseStranger } from './provenance.ts'
import { readsOfStep } from './step-reads.ts'
import type { Decision, Refusal } from './types.ts'

/** Why nothing could be queued: the most useful reason first. */
const refuseNothing = (
  missing: readonly string[],
  unplaced: Refusal | undefined,
  underWay: number,
): Decision => {
  if (missing.length > 0) return refuseWith(missingValues(missing))
  if (unplaced !== undefined) return refuseWith(unplaced)
  if (underWay > 0) return refuse('E_SESSION_ALREADY_RUNNING', 'The reads of this step run or wait already.')
  return refuse('E_SESSION_NO_READS', 'This step has no command that only reads and ends by itself.')
}

/** Queues all reads of the step that can run now. Those that lack a value or whose place is not known are left out. */
export const decideReads = (situation: Situation, ref: StepRef): Decision => {
  const { session, context } = situation
  const step = currentStep(session, context.library)
  const reads = step === undefined ? [] : readsOfStep(step, session.variables)
  const stranger = reads.length === 0 ? undefined : refuseStranger(situation, ref)
  if (stranger !== undefined) return refuseWith(stranger)
  const idle = reads.filter(({ id }) => !isUnderWay(session, id))
  const prepared = idle.map(command => prepareCommand(situation, command))
  const ready = prepared.flatMap(result => (result.ok ? [result.value] : []))
  if (ready.length > 0) {
    const runs = numberRuns(session, ref, ready)
    return acceptAndStart(
      session,
      runs.map(run => ({ type: 'run-requested', run })),
    )
  }
  const missing = new Set(idle.flatMap(command => fillCommand(command, session.variables).missing))
  const refusals = prepared.flatMap(result => (result.ok ? [] : [result.error]))
  const unplaced = refusals.find(({ place }) => place !== undefined)
  return refuseNothing([...missing], unplaced, reads.length - idle.length)
}
