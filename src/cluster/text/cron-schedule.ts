const MINUTE_MS = 60_000
const MOST_MINUTES = 60 * 24 * 8

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const weekdays = 'sun mon tue wed thu fri sat'.split(' ')

const nicknames: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
}

const withNumbers = (field: string, names: readonly string[], first: number): string =>
  field.toLowerCase().replace(/[a-z]{3}/g, word => {
    const at = names.indexOf(word)
    return at < 0 ? word : String(at + first)
  })

/** Whether a field holds a value; `first` is the least that such a field may be, from which steps count. */
const fits = (field: string, value: number, first = 0): boolean =>
  field.split(',').some(part => {
    const [range = '*', step] = part.split('/')
    const [from = first, to] = range === '*' ? [first, 59] : range.split('-').map(Number)
    const upTo = to ?? (step === undefined ? from : 59)
    return value >= from && value <= upTo && (value - from) % Number(step ?? 1) === 0
  })

/** Whether a cron schedule of five fields, or one of its nicknames, is due in the minute of a point of time, read in UTC. */
export const isScheduled = (schedule: string, atMs: number): boolean => {
  const text = nicknames[schedule.trim()] ?? schedule
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = text.trim().split(/\s+/)
  const at = new Date(atMs)
  if (!fits(minute, at.getUTCMinutes()) || !fits(hour, at.getUTCHours())) return false
  if (!fits(withNumbers(month, months, 1), at.getUTCMonth() + 1, 1)) return false
  const week = withNumbers(weekday, weekdays, 0)
  const isDay = fits(day, at.getUTCDate(), 1)
  const isWeekday = fits(week, at.getUTCDay()) || (at.getUTCDay() === 0 && fits(week, 7))
  // Where both are restricted, either will do.
  return day.startsWith('*') || weekday.startsWith('*') ? isDay && isWeekday : isDay || isWeekday
}

const known = new Map<string, number | undefined>()
const MOST_KNOWN = 500

/** The last minute up to now at which a cron schedule of five fields was due, within eight days. */
export const lastScheduled = (schedule: string, nowMs: number): number | undefined => {
  const question = `${schedule} ${Math.floor(nowMs / MINUTE_MS)}`
  if (known.has(question)) return known.get(question)
  if (known.size >= MOST_KNOWN) known.clear()
  const found = findScheduled(schedule, nowMs)
  known.set(question, found)
  return found
}

const findScheduled = (schedule: string, nowMs: number): number | undefined => {
  let atMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  for (let tried = 0; tried < MOST_MINUTES; tried++, atMs -= MINUTE_MS)
    if (isScheduled(schedule, atMs)) return atMs
  return undefined
}
