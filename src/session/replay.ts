import { emptySession } from './empty-session.ts'
import { evolveBy } from './evolve.ts'
import { createOwnMaps } from './set-entry.ts'
import type { Session, StampedEvent } from './types.ts'

/**
 * The session that a list of events adds up to. Equals the live session that emitted them. Its maps are filled in place until it is
 * given away: copied for each event, thousands of runs would cost their square.
 */
export const replay = (events: readonly StampedEvent[]): Session => {
  const evolve = evolveBy(createOwnMaps())
  return events.reduce((session, event) => evolve(session, event), emptySession)
}
