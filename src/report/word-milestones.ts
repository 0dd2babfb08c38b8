import type { Report } from './types.ts'
import { wordBetween } from './word-times.ts'

/** When the cause showed first, when something was changed, and when the cause was gone: each with the time since the beginning. */
export const wordMilestones = ({ startedAt, endedAt, times }: Report): readonly string[] => {
  const { firstSign, firstChange, lastChange, goneSince } = times
  const after = (what: string, at: string | undefined): readonly string[] =>
    at === undefined ? [] : [`${what} after ${wordBetween(startedAt, at)}.`]
  return [
    ...after('The root cause showed', firstSign),
    ...after('The first change was made', firstChange),
    ...(lastChange === firstChange ? [] : after('The last change was made', lastChange)),
    ...after('The root cause no longer showed', goneSince),
    `It lasted ${wordBetween(startedAt, endedAt)}.`,
  ]
}
