import type { SessionStore } from '../runtime/index.ts'
import { type AutoLimits, type CloseStatus, type DecideContext, decideAuto } from '../session/index.ts'

/**
 * Lets the autopilot walk a session that has begun until it stops or reaches a limit; gives how it ended. The session stays open.
 * Naming a document from outside is asking for its reads: nothing else runs here.
 */
export const walkAlone = async (
  store: SessionStore,
  context: DecideContext,
  limits: AutoLimits = {},
): Promise<CloseStatus> => {
  for (const runbook of context.library.outside?.keys() ?? [])
    store.dispatch({ type: 'trust-runbook', runbook })
  for (;;) {
    await store.settled()
    const move = decideAuto(store.getSnapshot().session, context, limits)
    if (move.kind === 'stop') return move.status
    if (move.kind === 'intent' && store.dispatch(move.intent) !== undefined) return 'asked'
  }
}
