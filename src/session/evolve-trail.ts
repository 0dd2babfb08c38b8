import type { Session, SessionEvent } from './types.ts'

type TrailEvent = Extract<SessionEvent, { type: 'step-entered' | 'branch-taken' }>
type Entry = Extract<TrailEvent, { type: 'step-entered' }>

/** A new stop cuts off what lay ahead, as in a browser's history. */
const extendTrail = (session: Session, entry: Entry): Pick<Session, 'trail' | 'cursor'> => ({
  trail: [...session.trail.slice(0, session.cursor + 1), { ref: entry.ref, byBranch: false }],
  cursor: session.cursor + 1,
})

const enter = (session: Session, entry: Entry): Session => ({
  ...session,
  ...(entry.cursor === undefined ? extendTrail(session, entry) : { cursor: entry.cursor }),
  current: entry.ref,
  path: [...session.path, entry.ref],
})

const markBranch = (session: Session): Session => ({
  ...session,
  trail: session.trail.map((stop, index) => (index === session.cursor ? { ...stop, byBranch: true } : stop)),
})

/** The session after a move: where it stands, the trail to walk back on, and the whole path. */
export const evolveTrail = (session: Session, event: TrailEvent): Session =>
  event.type === 'branch-taken' ? markBranch(session) : enter(session, event)
