import { type Located, listFact, nothing, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue, Parsed } from '../types.ts'
import { type LogLevel, logLevelOf } from './log-level.ts'

const priorities: readonly LogLevel[] = [
  'fatal',
  'fatal',
  'fatal',
  'error',
  'warning',
  'info',
  'info',
  'debug',
]

type Fields = Readonly<Record<string, unknown>>

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const instantOf = (microseconds: string | undefined): string | undefined =>
  microseconds === undefined || !/^\d{15,17}$/.test(microseconds)
    ? undefined
    : new Date(Number(microseconds) / 1000).toISOString()

const entryOf = (fields: Fields): FactValue => {
  const message = text(fields.MESSAGE) ?? ''
  const priority = text(fields.PRIORITY)
  const pid = text(fields._PID)
  return record({
    time: instantOf(text(fields.__REALTIME_TIMESTAMP)),
    host: text(fields._HOSTNAME),
    unit: text(fields.SYSLOG_IDENTIFIER) ?? text(fields._COMM),
    pid: pid === undefined ? undefined : Number(pid),
    level: logLevelOf(message) ?? (priority === undefined ? undefined : priorities[Number(priority)]),
    message,
  })
}

const fieldsOf = (line: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'MESSAGE' in value ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/** Journal entries of `journalctl -o json`, one object a line. */
export const readJournalJson = (lines: readonly TextLine[]): Parsed => {
  const rows: readonly Located<FactValue>[] = lines.slice(-500).flatMap(line => {
    const fields = fieldsOf(line.text)
    return fields === undefined ? [] : [{ line: line.number, value: entryOf(fields) }]
  })
  return rows.length === 0 ? nothing : listFact('journal', rows)
}
