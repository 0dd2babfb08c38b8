import type { WeighedSession } from './weigh-sessions.ts'

/** How long outputs are kept, and how much of them. Infinite for no limit. */
export type Keeping = { readonly days: number; readonly bytes: number }

const DAY_MS = 24 * 3_600_000

const isOpen = ({ owner }: WeighedSession): boolean => owner !== undefined

/**
 * What age is counted from: the clock, but no later than the session before this one. A clock that is wrong by years is one of the things
 * that a triage looks for; it must not take the outputs of all others with it.
 */
const todayOf = (sessions: readonly WeighedSession[], nowMs: number): number =>
  Math.min(
    nowMs,
    ...sessions
      .filter(session => !isOpen(session))
      .slice(0, 1)
      .map(({ usedMs }) => usedMs),
  )

/**
 * The sessions, oldest first, whose outputs are to go so that what is left is within the limits; the given ones are newest first. Those that
 * are open keep theirs, though they count.
 */
export const planRotation = (
  sessions: readonly WeighedSession[],
  keeping: Keeping,
  nowMs: number,
): readonly WeighedSession[] => {
  const oldest = todayOf(sessions, nowMs) - keeping.days * DAY_MS
  let total = sessions.reduce((sum, { outputBytes }) => sum + outputBytes, 0)
  const gone: WeighedSession[] = []
  for (const session of sessions.toReversed()) {
    if (isOpen(session) || session.outputBytes === 0) continue
    if (session.usedMs >= oldest && total <= keeping.bytes) continue
    gone.push(session)
    total -= session.outputBytes
  }
  return gone
}
