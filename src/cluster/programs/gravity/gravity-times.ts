import { operationTime } from '../../worlds/gravity/host-files.ts'

/** `Wed Jul 29 16:02 UTC`, as Gravity writes points of time. */
export const shortTime = (atMs: number): string => operationTime(atMs).replace(/:\d\d UTC$/, ' UTC')

const steps: readonly (readonly [string, number])[] = [
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]

/** `12 seconds ago`, `2 days ago`: how long something is past. */
export const agoText = (ms: number): string => {
  const [unit, size] = steps.find(([, one]) => ms >= one) ?? ['second', 1_000]
  const count = Math.floor(ms / size)
  return count === 0 ? 'now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`
}
