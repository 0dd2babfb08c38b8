import { parseInstant } from '../text/instant.ts'

// Three letters tell the months of English, German, French, Spanish and Russian apart.
const months: readonly RegExp[] = [
  /^(?:jan|ene|янв)/,
  /^(?:feb|fév|fev|фев)/,
  /^(?:mar|mär|mrz|мар)/,
  /^(?:apr|avr|abr|апр)/,
  /^(?:may|mai|ма[йя])/,
  /^(?:jun|juin|июн)/,
  /^(?:jul|juil|июл)/,
  /^(?:aug|aoû|ago|авг)/,
  /^(?:sep|сен)/,
  /^(?:oct|okt|окт)/,
  /^(?:nov|ноя)/,
  /^(?:dec|dez|déc|dic|дек)/,
]

const monthNumber = (name: string): string | undefined => {
  const index = months.findIndex(pattern => pattern.test(name.toLowerCase()))
  return index < 0 ? undefined : String(index + 1).padStart(2, '0')
}

const clock = String.raw`(\d{1,2}:\d\d:\d\d(?:\.\d+)?)(?: ([AP]M))?`
const zone = String.raw`(?: ([A-Z]{2,5}|[+-]\d{2,4}))?`
const monthFirst = new RegExp(
  String.raw`(\p{L}{3,9})\.? +(\d{1,2}),? ${clock}${zone}(?: (\d{4}))${zone}`,
  'u',
)
const dayFirst = new RegExp(
  String.raw`(\d{1,2})\.? (\p{L}{3,9})\.?,? (?:(\d{4}),? )${clock}${zone}|(\d{1,2})\.? (\p{L}{3,9})\.? ${clock}${zone} (\d{4})`,
  'u',
)

const hours24 = (time: string, half: string | undefined): string => {
  const [hours = '0', ...rest] = time.split(':')
  const shift = half === 'PM' ? 12 : 0
  const value = half === undefined ? Number(hours) : (Number(hours) % 12) + shift
  return [String(value).padStart(2, '0'), ...rest].join(':')
}

type Parts = {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly time: string
  readonly half: string | undefined
  readonly zone: string | undefined
}

const partsOf = (text: string): Parts | undefined => {
  const first = monthFirst.exec(text)
  if (first !== null) {
    const [, month = '', day = '', time = '', half, before, year = '', behind] = first
    return { year, month, day, time, half, zone: before ?? behind }
  }
  const last = dayFirst.exec(text)
  if (last === null) return undefined
  const [, day, month, year, time, half, zoneA, dayB, monthB, timeB, halfB, zoneB, yearB] = last
  return {
    year: year ?? yearB ?? '',
    month: month ?? monthB ?? '',
    day: day ?? dayB ?? '',
    time: time ?? timeB ?? '',
    half: half ?? halfB,
    zone: zoneA ?? zoneB,
  }
}

/**
 * The instant that a text with a month by name gives, as ISO 8601: `Jun  1 00:00:00 2025 GMT`, `Sat Nov 21 06:11:02 UTC 2026`,
 * `Sat 21 Nov 2026 06:11:02 AM UTC`. Without a zone, or with one that several countries share, it is local time.
 */
export const parseCalendarInstant = (text: string): string | undefined => {
  const parts = partsOf(text)
  const month = monthNumber(parts?.month ?? '')
  if (parts === undefined || month === undefined) return undefined
  const date = `${parts.year}-${month}-${parts.day.padStart(2, '0')}`
  return parseInstant(`${date} ${hours24(parts.time, parts.half)} ${parts.zone ?? ''}`.trim())
}
