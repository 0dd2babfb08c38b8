import { accept } from './decision.ts'
import { foundCauses } from './found-causes.ts'
import { isPending, runningRun } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import type { CloseStatus, Decision, Intent, Session, SessionEffect, SessionEvent } from './types.ts'

/** The steps that were visited, in order; steps of other runbooks than the session's own carry their runbook. */
export const pathOf = ({ path, header }: Session): readonly string[] =>
  path.map(ref => (ref.runbook === header?.runbook ? ref.step : stepKey(ref)))

/** Lets go of everything that has not ended: what waits for an approval is refused, the rest dropped. */
export const droppingPending = (session: Session): readonly SessionEvent[] =>
  [...session.runs.values()].filter(isPending).map(({ runId, phase }) => ({
    type: phase === 'awaiting-approval' ? 'approval-refused' : 'run-dropped',
    runId,
  }))

/** Ends the session: what waits is dropped, what runs is stopped without waiting for its end, the result is drawn up. */
export const closing = (
  session: Session,
  status: CloseStatus,
  before: readonly SessionEvent[] = [],
): Decision => {
  const running = runningRun(session)
  const stopped: readonly SessionEffect[] =
    running === undefined ? [] : [{ type: 'cancel-run', runId: running.runId }]
  const causes = foundCauses(session).map(({ cause }) => cause)
  const closed: SessionEvent = { type: 'session-closed', status, causes, path: pathOf(session) }
  return accept([...before, ...droppingPending(session), closed], stopped)
}

/** Opens a session again that was closed or cut off. What ran then is gone, and nothing of it starts by itself. */
export const resuming = (
  session: Session,
  { tool, readOnly }: Extract<Intent, { type: 'resume' }>,
): Decision =>
  accept([
    { type: 'session-resumed', tool, ...(readOnly === undefined ? {} : { readOnly }) },
    ...droppingPending(session),
  ])
