import { type GenericSchema, getDotPath, safeParse } from 'valibot'
import { fail, type Result, succeed } from '../base/index.ts'
import { JOURNAL_FORMAT } from './encode-journal.ts'
import { eventSchemas, headerSchema, stampSchema } from './event-schema.ts'
import type { SessionHeader } from './header.ts'
import type { SessionEvent, StampedEvent } from './types.ts'

/** A journal that was read. `notices` are sentences about what was left out. */
export type DecodedJournal = {
  readonly header: SessionHeader
  readonly events: readonly StampedEvent[]
  readonly notices: readonly string[]
}

/** Why a journal cannot be read; `line` counts from 1. */
export type JournalError = { readonly code: string; readonly message: string; readonly line: number }

type Decoded<T> = Result<T, JournalError>

const broken = (line: number, message: string, code = 'E_JOURNAL_BROKEN'): Decoded<never> =>
  fail({ code, message: `Line ${line} of the journal ${message}`, line })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const firstIssue = (schema: GenericSchema, value: unknown): string | undefined => {
  const { issues } = safeParse(schema, value, { abortEarly: true })
  return issues && `${getDotPath(issues[0]) ?? 'it'}: ${issues[0].message}`
}

const isKnown = (type: string): type is SessionEvent['type'] => Object.hasOwn(eventSchemas, type)

const decodeHeader = (text: string): Decoded<SessionHeader> => {
  const value = parseJson(text) as (SessionHeader & { type?: unknown; format?: unknown }) | undefined
  if (value?.type !== 'journal') return broken(1, 'is not the header of a journal.')
  const { type: _type, format, ...header } = value
  if (format !== JOURNAL_FORMAT)
    return broken(
      1,
      `names format ${format}; this version reads format ${JOURNAL_FORMAT}.`,
      'E_JOURNAL_FORMAT',
    )
  const issue = firstIssue(headerSchema, header)
  return issue === undefined ? succeed(header) : broken(1, `is not a whole header: ${issue}`)
}

type Numbered = { readonly text: string; readonly line: number; readonly tool: string }

const decodeEvent = ({ text, line, tool }: Numbered): Decoded<StampedEvent> => {
  const value = parseJson(text)
  const unstamped = firstIssue(stampSchema, value)
  if (unstamped !== undefined) return broken(line, `is not an event: ${unstamped}`)
  const event = value as StampedEvent
  if (!isKnown(event.type))
    return broken(
      line,
      `holds the event "${event.type}", which this version does not know; ${tool} wrote it (format ${JOURNAL_FORMAT}).`,
      'E_JOURNAL_EVENT_UNKNOWN',
    )
  const issue = firstIssue(eventSchemas[event.type], event)
  if (issue !== undefined) return broken(line, `is not a whole "${event.type}": ${issue}`)
  const expected = line - 1
  return event.seq === expected
    ? succeed(event)
    : broken(line, `has the number ${event.seq} where ${expected} was due.`, 'E_JOURNAL_SEQUENCE')
}

const TORN = 'The last line of the journal was cut off while it was written; it is left out.'

/** Splits into lines. A last line that is no whole JSON was torn by a crash. */
const readLines = (
  text: string,
): { readonly lines: readonly string[]; readonly notices: readonly string[] } => {
  const lines = text.split('\n')
  const last = lines.at(-1) ?? ''
  const isWhole = last === '' || parseJson(last) !== undefined
  const notices = isWhole ? [] : [TORN]
  return { lines: last === '' || !isWhole ? lines.slice(0, -1) : lines, notices }
}

/** Reads a journal: JSON lines, the header first. A torn last line is dropped with a notice; anything else that is wrong is refused with its line. */
export const decodeJournal = (text: string): Decoded<DecodedJournal> => {
  const { lines, notices } = readLines(text)
  const [first, ...rest] = lines
  const header = decodeHeader(first ?? '')
  if (!header.ok) return header
  const events: StampedEvent[] = []
  for (const [index, line] of rest.entries()) {
    const event = decodeEvent({ text: line, line: index + 2, tool: header.value.tool })
    if (!event.ok) return event
    events.push(event.value)
  }
  return succeed({ header: header.value, events, notices })
}
