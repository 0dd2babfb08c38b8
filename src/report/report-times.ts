import type { ReportCause, ReportRun, ReportTimes } from './types.ts'

/** From when to when a session lasted, ISO 8601 instants. */
export type SessionSpan = { readonly startedAt: string; readonly endedAt: string }

/** When the cause showed, when something was done about it, and when it was gone. */
export const reportTimes = (
  { startedAt, endedAt }: SessionSpan,
  [root]: readonly ReportCause[],
  changes: readonly ReportRun[],
): ReportTimes => {
  const real = changes.filter(({ savesFor }) => savesFor === undefined)
  return {
    // A clock that was set back in between must not give a negative time.
    seconds: Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    firstSign: root?.firstSeen?.at,
    firstChange: real.at(0)?.startedAt,
    lastChange: real.at(-1)?.startedAt,
    goneSince: root?.goneSince?.at,
  }
}
