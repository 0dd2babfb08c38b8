const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const MONTH = 2_629_800 * SECOND
const YEAR = 31_557_600 * SECOND

const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
const both = (first: string, second: string): string => (second === '' ? first : `${first} ${second}`)

/** A time past as systemd writes it: `1min 22s ago`, `1 day 2h ago`, `1 month 10 days ago`. */
export const agoText = (ms: number): string => {
  if (ms >= YEAR)
    return `${both(many(Math.floor(ms / YEAR), 'year'), many(Math.floor((ms % YEAR) / MONTH), 'month'))} ago`
  if (ms >= MONTH)
    return `${both(many(Math.floor(ms / MONTH), 'month'), many(Math.floor((ms % MONTH) / DAY), 'day'))} ago`
  if (ms >= WEEK)
    return `${both(many(Math.floor(ms / WEEK), 'week'), many(Math.floor((ms % WEEK) / DAY), 'day'))} ago`
  if (ms >= 2 * DAY) return `${many(Math.floor(ms / DAY), 'day')} ago`
  if (ms >= 25 * HOUR) return `1 day ${Math.floor((ms - DAY) / HOUR)}h ago`
  if (ms >= 6 * HOUR) return `${Math.floor(ms / HOUR)}h ago`
  if (ms >= HOUR) return `${Math.floor(ms / HOUR)}h ${Math.floor((ms % HOUR) / MINUTE)}min ago`
  if (ms >= 5 * MINUTE) return `${Math.floor(ms / MINUTE)}min ago`
  if (ms >= MINUTE) return `${Math.floor(ms / MINUTE)}min ${Math.floor((ms % MINUTE) / SECOND)}s ago`
  if (ms >= SECOND) return `${Math.floor(ms / SECOND)}s ago`
  return ms <= 0 ? 'now' : `${Math.ceil(ms)}ms ago`
}

/** A time to come, as in `systemctl list-timers`: `1min 54s left`. */
export const leftText = (ms: number): string => agoText(ms).replace(/ ago$/, ' left')

/** A span with its milliseconds, as systemd writes processor time: `1h 2min 3.456s`. */
export const spanText = (ms: number): string => {
  const parts: string[] = []
  const days = Math.floor(ms / DAY)
  const hours = Math.floor((ms % DAY) / HOUR)
  const minutes = Math.floor((ms % HOUR) / MINUTE)
  const seconds = (ms % MINUTE) / SECOND
  if (days > 0) parts.push(many(days, 'day'))
  if (hours > 0) parts.push(`${hours}h`)
  if (minutes > 0) parts.push(`${minutes}min`)
  if (ms < SECOND) return `${Math.round(ms)}ms`
  if (seconds >= 0.001) parts.push(`${seconds.toFixed(3).replace(/\.000$/, '')}s`)
  return parts.join(' ')
}

/** Bytes as systemd writes them: `104.0M`, `1.2G`. */
export const systemdBytes = (bytes: number): string => {
  let value = bytes
  for (const unit of ['B', 'K', 'M', 'G'])
    if (value < 1024) return unit === 'B' ? `${Math.round(value)}B` : `${value.toFixed(1)}${unit}`
    else value /= 1024
  return `${value.toFixed(1)}T`
}

/** A span below an hour as Go writes a duration, to the millisecond: `500ms`, `1.467s`, `2m2s`. */
export const goDuration = (ms: number): string => {
  if (ms < SECOND) return `${ms}ms`
  const seconds = ms / SECOND
  return seconds < 60
    ? `${Number(seconds.toFixed(3))}s`
    : `${Math.floor(seconds / 60)}m${Number((seconds % 60).toFixed(3))}s`
}

const goUnits: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
}

/** A duration as Go reads it, `1h30m`, `1.5s`, `-5m` or `0`, in milliseconds; or in Go's words why a text is none. */
export const readGoDuration = (text: string): { readonly ms: number } | { readonly problem: string } => {
  const quoted = JSON.stringify(text)
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (rest === '0') return { ms: 0 }
  const part = /(\d+\.?\d*|\.\d+)([^\d.]*)/y
  let ms = 0
  do {
    const [, count, unit = ''] = part.exec(rest) ?? []
    if (count === undefined) return { problem: `time: invalid duration ${quoted}` }
    if (unit === '') return { problem: `time: missing unit in duration ${quoted}` }
    const unitMs = goUnits[unit]
    if (unitMs === undefined)
      return { problem: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` }
    ms += Number(count) * unitMs
  } while (part.lastIndex < rest.length)
  return { ms: sign === '-' ? -ms : ms }
}
