import { zoneOffsetMs } from '../relations/clock.ts'
import type { ClockReading } from './parse-time.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const weekdays = 'sun mon tue wed thu fri sat'.split(' ')

/** How far zones with a name of their own are ahead of UTC, in minutes. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  ist: 330,
  jst: 540,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
}

const spans: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: MINUTE_MS,
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  fortnight: 14 * DAY_MS,
}

/** What has been read of a text so far: the wall clock's day and time, the zone, and what is added. */
type Draft = {
  day: readonly [year: number, month: number, day: number] | undefined
  timeMs: number | undefined
  aheadMinutes: number | undefined
  weekday: { readonly index: number; readonly weeks: number } | undefined
  months: number
  addedMs: number
  isAbsolute: number | undefined
}

/** A piece that a date is made of, and what it says; each is tried in turn at the beginning of what is left. */
type Piece = readonly [RegExp, (draft: Draft, parts: readonly string[]) => boolean | undefined]

const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase())
const setDay = (draft: Draft, year: number, [month, day]: readonly [number, number]): boolean => {
  if (month < 0 || month > 11 || day < 1 || day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate())
    return false
  draft.day = [year, month, day]
  return true
}

const signed = (sign: string, hours: string, minutes: string): number =>
  (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes || 0))

const add = (draft: Draft, count: number, unit: string): boolean => {
  const name = unit.toLowerCase().replace(/s$/, '')
  if (name === 'month') draft.months += count
  else if (name === 'year') draft.months += 12 * count
  else if (spans[name] === undefined) return false
  else draft.addedMs += count * (spans[name] ?? 0)
  return true
}

const setTime = (
  draft: Draft,
  [hour = '0', minute = '0', second = '0', half = '']: readonly string[],
): boolean => {
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second || 0) > 60) return false
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0)
  draft.timeMs = (hours * 60 + Number(minute)) * MINUTE_MS + Math.floor(Number(second || 0) * 1000)
  return true
}

const setWeekday = (draft: Draft, name: string, weeks: number): boolean => {
  const index = weekdays.indexOf(name.slice(0, 3).toLowerCase())
  draft.weekday = { index, weeks }
  return index !== -1
}

const WEEKDAY = '((?:sun|mon|tue|wed|thu|fri|sat)[a-z]*)'
const MONTH = '((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)'
const UNIT = '(years?|months?|fortnights?|weeks?|days?|hours?|min(?:ute)?s?|sec(?:ond)?s?)'
const ORDINAL: Readonly<Record<string, number>> = { next: 1, last: -1, this: 0 }
const begin = (source: string): RegExp => new RegExp(`^${source}(?![a-z0-9])`, 'i')

const pieces: readonly Piece[] = [
  [
    /^@(-?\d+(?:\.\d+)?)/,
    (draft, [seconds]) => {
      draft.isAbsolute = Number(seconds) * 1000
      return true
    },
  ],
  [
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:t(?=\d)|(?!\d))/i,
    (draft, [year, month, day]) => setDay(draft, Number(year), [Number(month) - 1, Number(day)]),
  ],
  [
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})/,
    (draft, [month, day, year]) => setDay(draft, Number(year), [Number(month) - 1, Number(day)]),
  ],
  [
    /^(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?\s*([ap]\.?m\.?)?/i,
    (draft, [hour = '', minute = '', second = '', half = '']) =>
      setTime(draft, [hour, minute, second.replace(',', '.'), half]),
  ],
  [begin('(\\d{1,2})\\s*([ap]m)'), (draft, [hour = '', half = '']) => setTime(draft, [hour, '0', '0', half])],
  [
    begin(`([+-]?\\s*\\d+)\\s*${UNIT}\\s*(ago)?`),
    (draft, [count = '', unit = '', ago]) =>
      add(draft, Number(count.replace(/\s/g, '')) * (ago ? -1 : 1), unit),
  ],
  [
    begin(`(next|last|this)\\s+${UNIT}`),
    (draft, [which = '', unit = '']) => add(draft, ORDINAL[which.toLowerCase()] ?? 0, unit),
  ],
  [
    begin(`(next|last|this)\\s+${WEEKDAY}`),
    (draft, [which = '', name = '']) => setWeekday(draft, name, ORDINAL[which.toLowerCase()] ?? 0),
  ],
  [begin(`${UNIT}\\s*(ago)?`), (draft, [unit = '', ago]) => add(draft, ago ? -1 : 1, unit)],
  [
    begin(`(\\d{1,2})[\\s-]*${MONTH}(?:[\\s-]*(\\d{4})(?!:))?`),
    (draft, [day, name = '', year]) =>
      setDay(draft, Number(year ?? draft.day?.[0] ?? Number.NaN), [monthOf(name), Number(day)]),
  ],
  [
    begin(`${MONTH}\\s+(\\d{1,2})(?!:)(?:,?\\s+(\\d{4})(?![:\\d]))?`),
    (draft, [name = '', day, year]) =>
      setDay(draft, Number(year ?? draft.day?.[0] ?? Number.NaN), [monthOf(name), Number(day)]),
  ],
  [
    /^([+-])(\d{2}):?(\d{2})?(?!\d)/,
    (draft, [sign = '', hours = '', minutes = '']) => {
      draft.aheadMinutes = signed(sign, hours, minutes)
      return draft.timeMs !== undefined
    },
  ],
  [begin('now|today'), () => true],
  [begin('yesterday'), draft => add(draft, -1, 'day')],
  [begin('tomorrow'), draft => add(draft, 1, 'day')],
  [begin('midnight'), draft => setTime(draft, ['0'])],
  [begin('noon'), draft => setTime(draft, ['12'])],
  [begin(WEEKDAY), (draft, [name = '']) => setWeekday(draft, name, 0)],
  [
    /^([a-z]+)/i,
    (draft, [name = '']) => {
      draft.aheadMinutes = zones[name.toLowerCase()]
      return draft.aheadMinutes !== undefined
    },
  ],
  [
    /^(\d{4})(\d{2})(\d{2})(?:t(?=\d)|(?!\d))/i,
    (draft, [year, month, day]) => setDay(draft, Number(year), [Number(month) - 1, Number(day)]),
  ],
  // A year behind the time, as ctime(3) and OpenSSL write it.
  [
    /^(\d{4})(?!\d)/,
    (draft, [year]) => draft.day !== undefined && setDay(draft, Number(year), [draft.day[1], draft.day[2]]),
  ],
]

const readPieces = (text: string): Draft | undefined => {
  const draft: Draft = {
    day: undefined,
    timeMs: undefined,
    aheadMinutes: undefined,
    weekday: undefined,
    months: 0,
    addedMs: 0,
    isAbsolute: undefined,
  }
  let rest = text.replace(/\([^)]*\)/g, '').trim()
  while (rest !== '') {
    const hit = pieces
      .map(([pattern, say]) => ({ match: pattern.exec(rest), say }))
      .find(({ match }) => match !== null)
    if (hit?.match == null || hit.match[0] === '' || hit.say(draft, hit.match.slice(1)) !== true)
      return undefined
    rest = rest.slice(hit.match[0].length).replace(/^[\s,]+/, '')
  }
  return draft
}

/**
 * A point of time as date(1) of GNU coreutils reads it (`2026-03-01 14:00`, `Oct 20 09:51:00 2027 GMT`, `2 hours ago`, `next monday`,
 * `@1772438400`), in milliseconds since the epoch by the clock that is given; `undefined` for what is none.
 */
export const readDate = ({ machine, nowMs }: ClockReading, text: string): number | undefined => {
  const draft = readPieces(text)
  if (draft === undefined) return undefined
  if (draft.isAbsolute !== undefined) return draft.isAbsolute + draft.addedMs
  const ahead = (atMs: number): number =>
    draft.aheadMinutes === undefined ? zoneOffsetMs(machine, atMs) : draft.aheadMinutes * MINUTE_MS
  const wall = nowMs + ahead(nowMs)
  const today = new Date(wall)
  const [year, month, day] = draft.day ?? [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()]
  const isBare = text.trim() === '' || draft.day !== undefined || draft.weekday !== undefined
  const timeMs = draft.timeMs ?? (isBare ? 0 : wall - Math.floor(wall / DAY_MS) * DAY_MS)
  const date = Date.UTC(Number.isNaN(year) ? today.getUTCFullYear() : year, month + draft.months, day)
  const at = date + timeMs + daysTo(draft, date) * DAY_MS
  return at - ahead(at - ahead(at)) + draft.addedMs
}

/** How many days lie before the weekday that is named; a date with its own weekday is that date. */
const daysTo = ({ weekday, day }: Draft, date: number): number => {
  if (weekday === undefined || day !== undefined) return 0
  const ahead = (weekday.index - new Date(date).getUTCDay() + 7) % 7
  if (weekday.weeks === 0) return ahead
  return weekday.weeks > 0 ? ahead || 7 : ahead - 7
}
