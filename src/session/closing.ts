import { accept } from './decision.ts'
import { foundCauses } from './found-causes.ts'
import { isPending } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import type { CloseStatus, Decision, Session, SessionEffect, SessionEvent } from './types.ts'

/** The steps that were visited, in order; steps of other runbooks than the session's own carry their runbook. */
export const pathOf = ({ path, header }: Session): readonly string[] =>
  path.map(ref => (ref.runbook === header?.runbook ? ref.step : stepKey(ref)))

/** Ends the session: what waits is dropped, what runs is stopped without waiting for its end, the result is drawn up. */
export const closing = (
  session: Session,
  status: CloseStatus,
  before: readonly SessionEvent[] = [],
): Decision => {
  const pending = [...session.runs.values()].filter(isPending)
  const dropped = pending.map(
    ({ runId, phase }): SessionEvent => ({
      type: phase === 'awaiting-approval' ? 'approval-refused' : 'run-dropped',
      runId,
    }),
  )
  const stopped = pending
    .filter(({ phase }) => phase === 'running')
    .map(({ runId }): SessionEffect => ({ type: 'cancel-run', runId }))
  const causes = foundCauses(session).map(({ cause }) => cause)
  const closed: SessionEvent = { type: 'session-closed', status, causes, path: pathOf(session) }
  return accept([...before, ...dropped, closed], stopped)
}
