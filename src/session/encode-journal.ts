import type { SessionHeader } from './header.ts'
import type { StampedEvent } from './types.ts'

/** The version of the journal's form. Grows when a reader of the older form could not make sense of a newer journal. */
export const JOURNAL_FORMAT = 1

/** The first line of a journal, without a newline. */
export const encodeHeader = (header: SessionHeader): string =>
  JSON.stringify({ type: 'journal', format: JOURNAL_FORMAT, ...header })

/** One event as a line of a journal, without a newline. */
export const encodeEvent = (event: StampedEvent): string => JSON.stringify(event)
