import type { SessionStore } from '../runtime/index.ts'
import { type CloseStatus, type DecideContext, decideAuto } from '../session/index.ts'

/** Lets the autopilot walk a session that has begun until it stops; gives how it ended. The session stays open. */
export const walkAlone = async (store: SessionStore, context: DecideContext): Promise<CloseStatus> => {
  for (;;) {
    await store.settled()
    const { session } = store.getSnapshot()
    const move = decideAuto(session, context)
    if (move.kind === 'stop') return move.status
    if (move.kind === 'intent' && store.dispatch(move.intent) !== undefined) return 'asked'
  }
}
