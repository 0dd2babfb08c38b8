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

/**
 * When a calendar expression of systemd.time(7) elapses next after a point of time, in UTC; `undefined` for an expression that never
 * does or is not understood. Seconds are taken as 0.
 */
export const nextElapse = (expression: string, afterMs: number): number | undefined => {
  const text = shorthands[expression] ?? expression
  const read =
    /^(?:([A-Z][a-z]{2}(?:,[A-Z][a-z]{2})*)\s+)?(?:\S+-(\S+)-(\S+)\s+)?([\d*,/]+):([\d*,/]+)(?::\S+)?$/.exec(
      text,
    )
  if (read === null) return undefined
  const [, days, , dayOfMonth = '*', hours = '*', minutes = '*'] = read
  const wantedHours = valuesOf(hours, 24)
  const wantedMinutes = valuesOf(minutes, 60)
  const today = Math.floor(afterMs / DAY_MS) * DAY_MS
  for (let day = today; day <= today + 32 * DAY_MS; day += DAY_MS) {
    const date = new Date(day)
    if (days !== undefined && !days.split(',').includes(weekdays[date.getUTCDay()] ?? '')) continue
    if (dayOfMonth !== '*' && Number(dayOfMonth) !== date.getUTCDate()) continue
    for (const hour of wantedHours)
      for (const minute of wantedMinutes) {
        const atMs = day + (hour * 60 + minute) * MINUTE_MS
        if (atMs > afterMs) return atMs
      }
  }
  return undefined
}
