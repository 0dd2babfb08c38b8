import { localTime, zoneOffsetMs } from '../../relations/clock.ts'
import type { Machine } from '../../world/machine.ts'

const DAY_MS = 86_400_000

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The year and week of ISO 8601 that a day lies in. */
const isoWeek = (local: Date): { readonly year: number; readonly week: number } => {
  const thursday = new Date(local)
  thursday.setUTCDate(local.getUTCDate() + 4 - (local.getUTCDay() || 7))
  const year = thursday.getUTCFullYear()
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7) + 1 }
}

/** A value of a conversion: a number with its width, or words. */
type Value = readonly [number, number, string?] | string

const colons = (offset: string, count: number): string => {
  if (count === 0) return offset
  const hoursAndMinutes = `${offset.slice(0, 3)}:${offset.slice(3)}`
  return count === 1 ? hoursAndMinutes : `${hoursAndMinutes}:00`
}

const ofNumbers = (local: Date): Readonly<Record<string, Value>> => {
  const day = Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY_MS)
  const iso = isoWeek(local)
  const [hour, year] = [local.getUTCHours(), local.getUTCFullYear()]
  return {
    C: [Math.floor(year / 100), 2],
    d: [local.getUTCDate(), 2],
    e: [local.getUTCDate(), 2, ' '],
    G: [iso.year, 4],
    g: [iso.year % 100, 2],
    H: [hour, 2],
    I: [hour % 12 || 12, 2],
    j: [day + 1, 3],
    k: [hour, 2, ' '],
    l: [hour % 12 || 12, 2, ' '],
    M: [local.getUTCMinutes(), 2],
    m: [local.getUTCMonth() + 1, 2],
    q: [Math.floor(local.getUTCMonth() / 3) + 1, 1],
    S: [local.getUTCSeconds(), 2],
    U: [Math.floor((day + 7 - local.getUTCDay()) / 7), 2],
    u: [local.getUTCDay() || 7, 1],
    V: [iso.week, 2],
    W: [Math.floor((day + 7 - ((local.getUTCDay() + 6) % 7)) / 7), 2],
    w: [local.getUTCDay(), 1],
    Y: [year, 4],
    y: [year % 100, 2],
  }
}

const ofWords = (local: Date, zone: string): Readonly<Record<string, Value>> => {
  const month = months[local.getUTCMonth()] ?? ''
  const weekday = weekdays[local.getUTCDay()] ?? ''
  const half = local.getUTCHours() < 12 ? 'AM' : 'PM'
  return {
    A: weekday,
    a: weekday.slice(0, 3),
    B: month,
    b: month.slice(0, 3),
    h: month.slice(0, 3),
    n: '\n',
    P: half.toLowerCase(),
    p: half,
    t: '\t',
    Z: zone,
    '%': '%',
  }
}

/** What the conversions that are several at once stand for. */
const compound: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  x: '%m/%d/%y',
}

const filled = (value: Value, flags: string, width: string): string => {
  const shown = ((): string => {
    if (typeof value === 'string')
      return width === '' ? value : value.padStart(Number(width), flags.includes('0') ? '0' : ' ')
    const [number, usual, pad = '0'] = value
    if (flags.includes('-')) return String(number)
    const by = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : pad
    return String(number).padStart(width === '' ? usual : Number(width), by)
  })()
  if (flags.includes('^')) return shown.toUpperCase()
  return flags.includes('#')
    ? shown === shown.toUpperCase()
      ? shown.toLowerCase()
      : shown.toUpperCase()
    : shown
}

/** Fills the conversions of date(1), with their flags and widths, in with a point of true time by a machine's clock. */
export const formatDate = (machine: Machine, trueMs: number, format: string): string => {
  const shown = trueMs + machine.clockOffsetMs
  const { zone, offset } = localTime(machine, trueMs)
  const local = new Date(shown + zoneOffsetMs(machine, shown))
  const values: Readonly<Record<string, Value>> = { ...ofNumbers(local), ...ofWords(local, zone) }
  const nanos = `${String(local.getUTCMilliseconds()).padStart(3, '0')}000000`
  const spelled = format.replace(/%%|%[EO]?([cDFRrTXx])/g, (whole, letter?: string) =>
    letter === undefined ? whole : (compound[letter] ?? whole),
  )
  return spelled.replace(/%[-_0^#]*\d*:{0,2}[EO]?[a-zA-Z%]/g, whole => {
    const [, flags = '', width = '', marks = '', letter = ''] =
      /^%([-_0^#]*)(\d*)(:{0,2})[EO]?(.)$/.exec(whole) ?? []
    if (letter === 'N')
      return flags.includes('-') && width === '' ? nanos : nanos.slice(0, Number(width) || 9)
    if (letter === 's') return filled(String(Math.floor(shown / 1000)), flags, width)
    if (letter === 'z') return colons(offset, marks.length)
    const value = values[letter]
    return value === undefined || marks !== '' ? whole : filled(value, flags, width)
  })
}
