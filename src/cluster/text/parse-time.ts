import { zoneOffsetMs } from '../relations/clock.ts'
import { parseSpanMs } from '../systemd/parse-unit-file.ts'
import type { Machine } from '../world/machine.ts'

const DAY_MS = 86_400_000

/** What a machine's clock shows now, and whose time zone counts. */
export type ClockReading = { readonly machine: Machine; readonly nowMs: number }

const midnight = ({ machine, nowMs }: ClockReading): number => {
  const ahead = zoneOffsetMs(machine, nowMs)
  return Math.floor((nowMs + ahead) / DAY_MS) * DAY_MS - ahead
}

const absolute = (reading: ClockReading, text: string): number | undefined => {
  const read =
    /^(?:[A-Z][a-z]{2}\s+)?(?:(\d{4})-(\d{1,2})-(\d{1,2}))?[\sT]*(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/.exec(
      text,
    )
  if (read === null || (read[1] === undefined && read[4] === undefined)) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = read
  const dayMs =
    year === undefined
      ? midnight(reading)
      : Date.UTC(Number(year), Number(month) - 1, Number(day)) -
        (zone === undefined ? zoneOffsetMs(reading.machine, reading.nowMs) : 0)
  return dayMs + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000
}

/**
 * A point of time as systemd.time(7) takes it: `1 hour ago`, `-2h`, `yesterday`, `2026-03-01 14:00:00`, `@1772438400`; in the
 * machine's own reckoning, milliseconds since the epoch. `undefined` for what is none.
 */
export const parseTime = (reading: ClockReading, text: string): number | undefined => {
  const word = text.trim()
  switch (word) {
    case 'now':
      return reading.nowMs
    case 'today':
      return midnight(reading)
    case 'yesterday':
      return midnight(reading) - DAY_MS
    case 'tomorrow':
      return midnight(reading) + DAY_MS
  }
  if (/^@\d+(\.\d+)?$/.test(word)) return Number(word.slice(1)) * 1000
  const past = /^(.*\S)\s+ago$/.exec(word)?.[1] ?? /^-\s*(\d.*)$/.exec(word)?.[1]
  if (past !== undefined) {
    const spanMs = parseSpanMs(past)
    return spanMs === undefined ? undefined : reading.nowMs - spanMs
  }
  const later = /^\+\s*(\d.*)$/.exec(word)?.[1]
  if (later !== undefined) {
    const spanMs = parseSpanMs(later)
    return spanMs === undefined ? undefined : reading.nowMs + spanMs
  }
  return absolute(reading, word)
}
