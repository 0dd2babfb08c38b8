const MINUTE_MS = 60_000
const MOST_MINUTES = 60 * 24 * 8

const fits = (field: string, value: number): boolean =>
  field.split(',').some(part => {
    const [range = '*', step] = part.split('/')
    const [from, to] = range === '*' ? [0, 59] : range.split('-').map(Number)
    const upTo = to ?? (step === undefined ? (from ?? 0) : 59)
    return value >= (from ?? 0) && value <= upTo && (value - (from ?? 0)) % Number(step ?? 1) === 0
  })

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
  const [minute = '*', hour = '*', day = '*', month = '*', weekday = '*'] = schedule.trim().split(/\s+/)
  let atMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  for (let tried = 0; tried < MOST_MINUTES; tried++, atMs -= MINUTE_MS) {
    const at = new Date(atMs)
    if (!fits(minute, at.getUTCMinutes())) continue
    if (!fits(hour, at.getUTCHours())) continue
    if (fits(day, at.getUTCDate()) && fits(month, at.getUTCMonth() + 1) && fits(weekday, at.getUTCDay()))
      return atMs
  }
  return undefined
}
