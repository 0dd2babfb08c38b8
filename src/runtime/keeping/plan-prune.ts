import type { WeighedSession } from './weigh-sessions.ts'

/** Which sessions may go. With `keep` alone all but the newest go; beside another limit it says which stay in any case. */
export type PruneLimits = {
  readonly olderThanMs?: number
  readonly mostBytes?: number
  readonly keep?: number
}

/** What is to go, oldest first; what would go but is open; and what stays. */
export type PrunePlan = {
  readonly gone: readonly WeighedSession[]
  readonly open: readonly WeighedSession[]
  readonly left: readonly WeighedSession[]
}

/** The bytes of a session, journal and outputs. */
export const bytesOf = ({ journalBytes, outputBytes }: WeighedSession): number => journalBytes + outputBytes

/** Says which sessions go, of all that there are, newest first. */
export const planPrune = (
  sessions: readonly WeighedSession[],
  { olderThanMs, mostBytes, keep = 0 }: PruneLimits,
  nowMs: number,
): PrunePlan => {
  const isBeyond = olderThanMs === undefined && mostBytes === undefined
  let total = sessions.reduce((sum, session) => sum + bytesOf(session), 0)
  const gone: WeighedSession[] = []
  const open: WeighedSession[] = []
  for (const session of sessions.slice(keep).toReversed()) {
    const isOld = olderThanMs !== undefined && nowMs - session.usedMs > olderThanMs
    const isTooMuch = mostBytes !== undefined && total > mostBytes
    if (!isBeyond && !isOld && !isTooMuch) continue
    if (session.owner !== undefined) {
      open.push(session)
      continue
    }
    gone.push(session)
    total -= bytesOf(session)
  }
  return { gone, open, left: sessions.filter(session => !gone.includes(session)) }
}
