const seconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  y: 31536000,
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86400,
  week: 604800,
  month: 2592000,
  year: 31536000,
}

const part = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|[smhdwy])/g
const whole = /^-?(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|[smhdwy]))+$/

// Nine digits behind the point are what the finest unit has; more would only be noise of the multiplication.
const rounded = (value: number): number => Number(value.toFixed(9))

/** Seconds in a duration as Go and kubectl print it: `4m31s`, `3y12d`, `8.9ms`, `2h45m0.5s`; `undefined` when the text is none. */
export const parseDuration = (text: string): number | undefined => {
  const trimmed = text.trim()
  if (!whole.test(trimmed)) return undefined
  const total = [...trimmed.matchAll(part)].reduce(
    (sum, [, digits, unit]) => sum + Number(digits) * (seconds[unit ?? ''] ?? 0),
    0,
  )
  return rounded(trimmed.startsWith('-') ? -total : total)
}

const wordy =
  /^(?:about |less than )?(an?|\d+) (second|minute|hour|day|week|month|year)s?(?: ago| from now)?$/i

/** Seconds in an age in words, as docker and crictl print it: `45 seconds ago`, `About an hour ago`, `Less than a second ago` (0). */
export const parseAgo = (text: string): number | undefined => {
  const match = wordy.exec(text.trim())
  if (match === null) return undefined
  if (/^less/i.test(text.trim())) return 0
  const [, amount = '', unit = ''] = match
  return (/^an?$/i.test(amount) ? 1 : Number(amount)) * (seconds[unit.toLowerCase()] ?? 0)
}
