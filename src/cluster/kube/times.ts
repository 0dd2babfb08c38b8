const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0')

const MOST_KNOWN = 2_000
const known = new Map<number, string>()

/** An instant as the API writes it: `2026-03-02T08:00:00Z`. */
export const isoOf = (ms: number): string => {
  // The same instants are written at every step: when a container was started, when a condition changed.
  const found = known.get(ms)
  if (found !== undefined) return found
  if (known.size >= MOST_KNOWN) known.clear()
  const text = `${new Date(ms).toISOString().slice(0, 19)}Z`
  known.set(ms, text)
  return text
}

/** An instant with microseconds, as leases have it. */
export const isoMicroOf = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, -1)}${pad((Math.floor(ms) * 37) % 1000, 3)}Z`

/** The digits of an instant below its second, as far as it tells them. */
export const fractionOf = (ms: number, digits: 3 | 6 | 9): string =>
  String(Math.floor((ms % 1000) * 1_000_000))
    .padStart(9, '0')
    .slice(0, digits)

/** An instant with nanoseconds, as runtimes write it. */
export const nanoIsoOf = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19)}.${fractionOf(ms, 9)}Z`

/** The milliseconds of an API time; 0 for none. */
export const msOf = (iso: string | undefined): number => (iso === undefined ? 0 : Date.parse(iso))

/** A text in which x509 names the present, as it was at a time. */
export const datedAt = (text: string, atMs: number): string =>
  text.replace(/(?<=current time )\d{4}-[\d:T-]+Z/g, isoOf(Math.floor(atMs / 1000) * 1000))

/** The head of a klog line: `I0302 08:00:00.123456   12345 file.go:12]`. Its microseconds vary with the time, so that no later line is dated earlier. */
export const klog = (
  level: 'I' | 'W' | 'E' | 'F',
  { atMs, pid, source }: { readonly atMs: number; readonly pid: number; readonly source: string },
  text: string,
): string => {
  const at = new Date(atMs)
  const date = `${pad(at.getUTCMonth() + 1)}${pad(at.getUTCDate())}`
  const time = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`
  const micros = `${pad(at.getUTCMilliseconds(), 3)}${pad((Math.floor(atMs) * 37 + pid * 11) % 1000, 3)}`
  const told = text.includes('current time') ? datedAt(text, atMs) : text
  return `${level}${date} ${time}.${micros} ${String(pid).padStart(7)} ${source}] ${told}`
}

/** A duration as `kubectl` shortens ages: `45s`, `4m31s`, `7h12m`, `41d`, `2y30d`; see HumanDuration of apimachinery. */
export const humanDuration = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`
  if (days < 730) return `${days}d`
  const years = Math.floor(days / 365)
  if (days < 8 * 365) return days % 365 === 0 ? `${years}y` : `${years}y${days % 365}d`
  return `${years}y`
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant as `kubectl describe` writes it: `Mon, 02 Mar 2026 08:00:00 +0000`. */
export const rfc1123Of = (ms: number): string => {
  const at = new Date(ms)
  const date = `${weekdays[at.getUTCDay()]}, ${pad(at.getUTCDate())} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  return `${date} ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())} +0000`
}
