const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const shorthands: Readonly<Record<string, string>> = {
  minutely: '*:*',
  hourly: '*:00',
  daily: '00:00',
  weekly: 'Mon 00:00',
  monthly: '*-*-01 00:00',
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

/** The values that one part of a calendar expression allows: `*`, `6,18`, `00/10`. */
const valuesOf = (part: string, most: number): readonly number[] =>
  part.split(',').flatMap(item => {
    const [start = '*', step] = item.split('/')
    const first = start === '*' ? 0 : Number(start)
    if (step === undefined && start !== '*') return [first]
    const every = Number(step ?? 1)
    return Array.from({ length: Math.ceil((most - first) / every) }, (_, at) => first + at * every)
  })

type Calendar = {
  readonly days: readonly string[] | undefined
  readonly dayOfMonth: number | undefined
  /** Minutes of the day at which it elapses, in order. */
  readonly minutes: readonly number[]
}

const parsed = new Map<string, Calendar | undefined>()

const parseCalendar = (expression: string): Calendar | undefined => {
  const text = shorthands[expression] ?? expression
  const read =
    /^(?:([A-Z][a-z]{2}(?:,[A-Z][a-z]{2})*)\s+)?(?:\S+-(\S+)-(\S+)\s+)?([\d*,/]+):([\d*,/]+)(?::\S+)?$/.exec(
      text,
    )
  if (read === null) return undefined
  const [, days, , day = '*', hours = '*', minutes = '*'] = read
  return {
    days: days?.split(','),
    dayOfMonth: day === '*' ? undefined : Number(day),
    minutes: valuesOf(hours, 24).flatMap(hour => valuesOf(minutes, 60).map(minute => hour * 60 + minute)),
  }
}

/** Expressions are few and asked for often. */
const calendarOf = (expression: string): Calendar | undefined => {
  if (!parsed.has(expression)) parsed.set(expression, parseCalendar(expression))
  return parsed.get(expression)
}

/**
 * When a calendar expression of systemd.time(7) elapses next after a point of time, in UTC; `undefined` for an expression that never
 * does or is not understood. Seconds are taken as 0.
 */
export const nextElapse = (expression: string, afterMs: number): number | undefined => {
  const calendar = calendarOf(expression)
  if (calendar === undefined) return undefined
  const { days, dayOfMonth, minutes } = calendar
  const today = Math.floor(afterMs / DAY_MS) * DAY_MS
  for (let day = today; day <= today + 32 * DAY_MS; day += DAY_MS) {
    const date = new Date(day)
    if (days?.includes(weekdays[date.getUTCDay()] ?? '') === false) continue
    if (dayOfMonth !== undefined && dayOfMonth !== date.getUTCDate()) continue
    const minute = minutes.find(each => day + each * MINUTE_MS > afterMs)
    if (minute !== undefined) return day + minute * MINUTE_MS
  }
  return undefined
}
