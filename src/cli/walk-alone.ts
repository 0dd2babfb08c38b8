import type { SessionStore } from '../runtime/index.ts'
import { type CloseStatus, type DecideContext, decideAuto } from '../session/index.ts'
import { type AutoLimits, limitReached, noLimits } from './auto-limits.ts'

/** Lets the autopilot walk a session that has begun until it stops or reaches a limit; gives how it ended. The session stays open. */
export const walkAlone = async (
  store: SessionStore,
  context: DecideContext,
  limits: AutoLimits = noLimits,
): Promise<CloseStatus> => {
  for (;;) {
    await store.settled()
    const { session } = store.getSnapshot()
    const move = decideAuto(session, context)
    const end = limitReached(session, move, { limits, library: context.library })
    if (end !== undefined) return end
    if (move.kind === 'stop') return move.status
    if (move.kind === 'intent' && store.dispatch(move.intent) !== undefined) return 'asked'
  }
}
