import { localTime } from '../../relations/clock.ts'
import type { Machine } from '../../world/machine.ts'

const dayOfYear = (ms: number): number =>
  Math.floor((ms - Date.UTC(new Date(ms).getUTCFullYear(), 0, 1)) / 86_400_000) + 1

/** Fills the conversions of date(1), which are strftime(3)'s, in with a point of true time by a machine's clock. */
export const formatDate = (machine: Machine, trueMs: number, format: string): string => {
  const t = localTime(machine, trueMs)
  const shown = trueMs + machine.clockOffsetMs
  const hour = Number(t.time.slice(0, 2))
  const long =
    {
      Sun: 'Sunday',
      Mon: 'Monday',
      Tue: 'Tuesday',
      Wed: 'Wednesday',
      Thu: 'Thursday',
      Fri: 'Friday',
      Sat: 'Saturday',
    }[t.weekday] ?? ''
  const values: Readonly<Record<string, string>> = {
    Y: t.year,
    m: t.month,
    d: t.day,
    H: t.time.slice(0, 2),
    M: t.time.slice(3, 5),
    S: t.time.slice(6),
    F: `${t.year}-${t.month}-${t.day}`,
    T: t.time,
    R: t.time.slice(0, 5),
    s: String(Math.floor(shown / 1000)),
    N: `${t.millis}000000`,
    a: t.weekday,
    A: long,
    b: t.monthName,
    h: t.monthName,
    e: t.day.replace(/^0/, ' '),
    y: t.year.slice(2),
    Z: t.zone,
    z: t.offset,
    j: String(dayOfYear(shown)).padStart(3, '0'),
    I: String(hour % 12 || 12).padStart(2, '0'),
    p: hour < 12 ? 'AM' : 'PM',
    D: `${t.month}/${t.day}/${t.year.slice(2)}`,
    c: `${t.weekday} ${t.monthName} ${t.day.replace(/^0/, ' ')} ${t.time} ${t.year}`,
    n: '\n',
    t: '\t',
    '%': '%',
    u: String(new Date(shown).getUTCDay() || 7),
  }
  return format
    .replace(/%:z/g, t.offset.replace(/(\d\d)$/, ':$1'))
    .replace(/%3N/g, t.millis)
    .replace(/%[-_]([dmHMSej])/g, (_, letter: string) => (values[letter] ?? '').replace(/^[0 ]/, ''))
    .replace(/%([a-zA-Z%])/g, (whole, letter: string) => values[letter] ?? whole)
}
