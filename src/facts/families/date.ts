import { combine, complain, type Located, listFact, nothing, record, singleFact } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import type { CommandWords, FactValue, Parsed, Parser, ParserInput } from '../types.ts'
import { parseCalendarInstant } from './calendar-instant.ts'
import { epochInstant, utcInstant } from './utc-instant.ts'

type Reading = { readonly host: string | undefined; readonly time: string }

const named =
  /^(?:(\S+?): +)?(\p{L}{2,4}\.?,? (?:\p{L}{3,5}\.? +\d{1,2}|\d{1,2}\.? \p{L}{3,9}\.?)[, ].*\d:\d\d.*)$/u
const iso =
  /^(?:(\S+?): +)?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)$/

// `+%s`, `+%s.%N`, `+%s%3N`
const fromEpoch = (text: string, argv: CommandWords): string | undefined => {
  if (!argv.some(word => word.startsWith('+%s'))) return undefined
  const [, seconds, fraction = ''] = /^(\d{9,10})[.,]?(\d{3}|\d{6}|\d{9})?$/.exec(text) ?? []
  if (seconds === undefined) return undefined
  return epochInstant(Number(seconds) * 1000 + Math.floor(Number(`0.${fraction || '0'}`) * 1000))
}

// `+%Y%m%d%H%M%S`
const compact = (text: string): string | undefined => {
  const parts = /^(\d{4})([01]\d)([0-3]\d)[_-]?([0-2]\d)([0-5]\d)([0-5]\d)$/.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}

// `2026年 11月 28日 土曜日 14:07:40 UTC`, and of older systems `四  6月  1 10:00:00 CST 2023`
const easternStamp = (text: string): string | undefined => {
  const parts =
    /^(?<year>\d{4})年 ?(?<month>\d{1,2})月 ?(?<day>\d{1,2})日 \S+ (?<clock>\d\d:\d\d:\d\d) (?<zone>\S+)$/.exec(
      text,
    ) ??
    /^\p{L}{1,3} +(?<month>\d{1,2})月 +(?<day>\d{1,2}) (?<clock>\d\d:\d\d:\d\d) (?<zone>[A-Z]\S*) (?<year>\d{4})$/u.exec(
      text,
    )
  if (parts === null) return undefined
  const { year, month = '', day = '', clock, zone } = parts.groups ?? {}
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${clock} ${zone}`
}

// An HTTP answer and `stat` name their dates as a list of hosts would.
const header =
  /^(?:date|expires|last-modified|access|modify|change|birth|created|updated|modified|started|finished|since|until)$/i

// `echo -n "$host "` before the time of each.
const hostBeside = /^(?=[\w.-]*[a-z])([\w.-]+) +(?=\d{4}-|\p{L}{2,4}\.?,? (?:\p{L}{3}|\d))/iu

const readingOf = ({ text }: TextLine, argv: CommandWords): Reading | undefined => {
  const whole = text.trim()
  const trimmed = argv[0] === 'date' && !named.test(whole) ? whole.replace(hostBeside, '$1: ') : whole
  const epoch = fromEpoch(trimmed, argv) ?? (argv[0] === 'date' ? compact(trimmed) : undefined)
  if (epoch !== undefined) return { host: undefined, time: epoch }
  const [, calendarHost, calendar] = named.exec(trimmed) ?? []
  const [, isoHost, stamp] = iso.exec(trimmed) ?? []
  const east = easternStamp(trimmed)
  const time = parseCalendarInstant(calendar ?? '') ?? parseInstant(east ?? stamp?.replace(',', '.') ?? '')
  const host = calendarHost ?? isoHost
  return time === undefined ? undefined : { host, time: withZone(utcInstant(time), argv) }
}

// `+%FT%T` shows none, of a clock that was asked for in UTC.
const withZone = (time: string, argv: CommandWords): string =>
  /T[\d:.]+$/.test(time) && argv.some(word => /^-[a-zA-Z]*u|^--(?:utc|universal)$/.test(word))
    ? `${time}Z`
    : time

// A loop over hosts names each on the line above its answer, as ansible does: `node1 | CHANGED | rc=0 >>`.
const hostAbove = (line: TextLine | undefined): string | undefined =>
  /^[\s=#>*-]*([\w.-]+)(?::| \| .*>>)?[\s=#>*-]*$/.exec(line?.text ?? '')?.[1]

const spread = (rows: readonly Reading[]): number | undefined => {
  const instants = rows.map(({ time }) => (time.endsWith('Z') ? Date.parse(time) : Number.NaN))
  if (instants.length < 2 || instants.some(Number.isNaN)) return undefined
  return (Math.max(...instants) - Math.min(...instants)) / 1000
}

const isHeader = ({ host }: Reading): boolean => header.test(host ?? '')

// Beside the machine's own clock, the date of an HTTP answer is that of another, unless a cache kept it.
const ofClocks = (rows: readonly Located<Reading>[], { argv, stdout }: ParserInput) => {
  const own = rows.filter(({ value }) => !isHeader(value))
  if (own.length === 0 || argv[0] !== 'date' || /^(?:< )?age: [1-9]/im.test(stdout)) return own
  return rows.filter(({ value }) => !isHeader(value) || value.host?.toLowerCase() === 'date')
}

const readingsOf = (input: ParserInput): readonly Located<Reading>[] => {
  const { argv, stdout } = input
  const lines = linesOf(stdout)
  const rows = lines.flatMap((line, index) => {
    const reading = readingOf(line, argv)
    if (reading === undefined) return []
    const above = lines[index - 1]
    const host =
      reading.host ?? (above === undefined || readingOf(above, argv) ? undefined : hostAbove(above))
    return [{ line: line.number, value: { ...reading, host } }]
  })
  return ofClocks(rows, input)
}

const parse = (input: ParserInput): Parsed => {
  if (isOfAnotherTime(input.argv))
    return complain('E_FACTS_OTHER_TIME', 'Another time was asked for, so this is not what the clock shows')
  const readings = readingsOf(input)
  const [first] = readings
  if (first === undefined) return nothing
  const rows: readonly Located<FactValue>[] = readings.map(({ line, value }) => ({
    line,
    value: record(value),
  }))
  const seconds = spread(readings.map(row => row.value))
  const own =
    readings.length === 1
      ? singleFact('clock', { line: first.line, value: { time: first.value.time } })
      : nothing
  const between =
    seconds === undefined ? nothing : singleFact('clockSpreadSeconds', { line: first.line, value: seconds })
  return combine([listFact('clockReadings', rows), own, between])
}

// What is set, or asked of another time or of a file, is not what the clock shows.
const isOfAnotherTime = (argv: CommandWords): boolean =>
  argv.slice(1).some(word => /^-[dsrf]|^--(?:set|date|reference|file)(?:=|$)/.test(word))

/** The time of one machine or, in a loop, of several and how far they lie apart: `date` plain, -u, -R, -I, +%s. */
export const date: Parser = {
  name: 'date',
  gives: ['clockReadings', 'clock', 'clockSpreadSeconds'],
  recognises: argv => argv[0] === 'date',
  recognisesText: text => {
    const lines = linesOf(text.slice(0, 2000))
    const readings = lines.filter(line => {
      const reading = readingOf(line, [])
      return reading !== undefined && !isHeader(reading)
    })
    return readings.length > 0 && readings.length * 2 >= lines.length
  },
  parse,
}
