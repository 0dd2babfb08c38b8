import { fractionOf } from '../kube/times.ts'

const KLOG = /^([IWEF])(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6})/
const ISO =
  /^((?:time="|\{"level":"\w+","ts":")?)(\d{4})-(\d\d)-(\d\d)([T ])(\d\d):(\d\d):(\d\d)\.(\d{9}|\d{6}|\d{3})/

/** So much later than it was begun a line of a start may be said. */
const MOST_LATER_MS = 2_000
/** How much of what is left of its millisecond a line lets go by after the one before it, at least and at most. */
const LEAST_SHARE = 0.02
const MORE_SHARE = 0.07
/** How long a journal takes to hear of a line, at most. */
const MOST_LAG_MS = 0.038

const two = (value: number): string => String(value).padStart(2, '0')

type Stamp = { readonly atMs: number; readonly written: (atMs: number) => string }

const klogStamp = (text: string, nearMs: number): Stamp | undefined => {
  const found = KLOG.exec(text)
  if (found === null) return undefined
  const [whole, level, ...parts] = found
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0, micros = 0] = parts.map(Number)
  const year = new Date(nearMs).getUTCFullYear()
  return {
    atMs: Date.UTC(year, month - 1, day, hour, minute, second) + micros / 1000,
    written: atMs => {
      const at = new Date(atMs)
      const date = `${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}`
      return `${level}${date} ${at.toISOString().slice(11, 19)}.${fractionOf(atMs, 6)}${text.slice(whole.length)}`
    },
  }
}

const isoStamp = (text: string): Stamp | undefined => {
  const found = ISO.exec(text)
  if (found === null) return undefined
  const [whole, head, year, month, day, between = 'T', hour, minute, second, digits = ''] = found
  return {
    atMs: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) + Number(`0.${digits}`) * 1000,
    written: atMs => {
      const time = new Date(atMs).toISOString().slice(0, 19).replace('T', between)
      return `${head}${time}.${fractionOf(atMs, digits.length as 3 | 6 | 9)}${text.slice(whole.length)}`
    },
  }
}

/** The time that a program puts in front of a line, by what its first letter says of its form. */
const stampOf = (text: string, nearMs: number): Stamp | undefined =>
  /^[IWEF]\d/.test(text) ? klogStamp(text, nearMs) : /^[\d{t]/.test(text) ? isoStamp(text) : undefined

/** A line whose own time stands in front of it, said so much later. */
export const movedText = (text: string, atMs: number, byMs: number): string => {
  const stamp = stampOf(text, atMs)
  return stamp?.written(stamp.atMs + byMs) ?? text
}

/** Something between 0 and 1 that differs from line to line. */
const chanceOf = (ms: number, text: string): number => ((ms * 7_919 + text.length * 131) % 997) / 997

/** A line with the time at which it is taken down. */
export type DatedLine = { readonly atMs: number; readonly text: string }

/**
 * Dates a line that a program says: within its millisecond after all that was taken down before. A time in front of the line itself is moments
 * earlier; one that is later than the line's says when it was said.
 */
export const dateLine = (
  { atMs, text }: DatedLine,
  {
    aheadMs,
    lastIn,
  }: {
    /** How far the clock of its machine is ahead. */
    readonly aheadMs: number
    /** When the last line of a millisecond was taken down. */
    readonly lastIn: (ms: number) => number | undefined
  },
): DatedLine => {
  const stamp = stampOf(text, atMs + aheadMs)
  const laterMs = stamp === undefined ? 0 : Math.floor(stamp.atMs) - Math.floor(atMs + aheadMs)
  const isOwn = stamp !== undefined && Math.abs(laterMs) <= MOST_LATER_MS
  const ms = Math.floor(atMs) + (isOwn ? Math.max(0, laterMs) : 0)
  const chance = chanceOf(ms, text)
  const lastMs = lastIn(ms)
  const afterMs = lastMs ?? ms
  const share = lastMs === undefined ? 0.05 + 0.25 * chance : LEAST_SHARE + MORE_SHARE * chance
  const takenMs = afterMs + (ms + 1 - afterMs) * share
  const lagMs = Math.min(MOST_LAG_MS * (0.3 + 0.7 * chance), (takenMs - afterMs) / 2)
  return { atMs: takenMs, text: isOwn ? stamp.written(takenMs - lagMs + aheadMs) : text }
}
