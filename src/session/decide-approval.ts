import { accept, acceptAndStart, refuse, type Situation } from './decision.ts'
import { queuedRuns, runningRun } from './run-queries.ts'
import type { Decision, SessionEvent } from './types.ts'

/** Takes the answer to the approval that waits. Only the wanted word says yes; anything else means no. */
export const decideApproval = ({ session }: Situation, answer: string): Decision => {
  const { approval } = session
  if (approval === undefined) return refuse('E_SESSION_NO_APPROVAL', 'Nothing waits for an approval.')
  const { runId, wants } = approval
  return answer.trim() === wants
    ? acceptAndStart(session, [{ type: 'approval-given', runId }])
    : accept([{ type: 'approval-refused', runId }])
}

/** Stops the command that runs and drops all that waits behind it. */
export const decideCancel = ({ session }: Situation): Decision => {
  const running = runningRun(session)
  const dropped = queuedRuns(session).map(({ runId }): SessionEvent => ({ type: 'run-dropped', runId }))
  const unapproved = session.approval === undefined ? [] : [session.approval]
  const refused = unapproved.map(({ runId }): SessionEvent => ({ type: 'approval-refused', runId }))
  if (running !== undefined)
    return accept([...dropped, ...refused], [{ type: 'cancel-run', runId: running.runId }])
  return refused.length > 0 ? accept(refused) : refuse('E_SESSION_NOTHING_RUNS', 'Nothing is running.')
}
