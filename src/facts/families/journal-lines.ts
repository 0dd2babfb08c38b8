import { type Located, listFact, nothing, record } from '../parsed.ts'
import { parseInstant } from '../text/instant.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue, Parsed } from '../types.ts'
import { logLevelOf } from './log-level.ts'

// A journal of any length gives facts of its newest lines only: facts are kept with the session.
const KEPT = 500

const shortStamp = String.raw`[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?`
const isoStamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`
const fullStamp = String.raw`(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z]{2,5}`
const linePattern = new RegExp(
  String.raw`^(${shortStamp}|${isoStamp}|${fullStamp}) (\S+) ([^\s\[\]:]+(?:\[?[^\s\[\]:]*)?)(?:\[(\d+)\])?: ?(.*)$`,
)

/** Tells whether a line is one of a journal or syslog: time, host, program, message. */
export const isJournalLine = (text: string): boolean => linePattern.test(text)

const entryOf = (text: string): FactValue | undefined => {
  const match = linePattern.exec(text)
  if (match === null) return undefined
  const [, time = '', host = '', unit = '', pid, message = ''] = match
  return record({
    time: parseInstant(time) ?? time,
    host,
    unit,
    pid: pid === undefined ? undefined : Number(pid),
    level: logLevelOf(message),
    message,
  })
}

/** Journal entries in short, short-iso and short-full form; a line that is none is passed over. */
export const readJournal = (lines: readonly TextLine[]): Parsed => {
  const rows: readonly Located<FactValue>[] = lines.slice(-KEPT).flatMap(({ number, text }) => {
    const value = entryOf(text)
    return value === undefined ? [] : [{ line: number, value }]
  })
  return rows.length === 0 ? nothing : listFact('journal', rows)
}
