import { emptySession } from './empty-session.ts'
import { evolve } from './evolve.ts'
import type { Session, StampedEvent } from './types.ts'

/** The session that a list of events adds up to. Equals the live session that emitted them. */
export const replay = (events: readonly StampedEvent[]): Session => events.reduce(evolve, emptySession)
