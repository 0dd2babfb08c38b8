import { complain, nothing } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { Parsed } from '../types.ts'

// Log lines, warnings and errors may stand in any output; they are no rows.
const message = /^(?:[EWIF]\d{4} |time="|\S*error\b|warning\b|fatal\b|\{)/i

// In a table whose gaps have collapsed an identifier at the front still tells a row.
const looksLikeRow = ({ text }: TextLine): boolean =>
  !message.test(text.trim()) && (text.trim().split(/\s{2,}/).length > 2 || /^[0-9a-f]{10,64}\s/.test(text))

/**
 * What to say of lines below the titles of a table that could not be read: a row whose cells do not fit their titles is left out, but
 * not in silence. Nothing where none of them looks like a row.
 */
export const unreadRows = (lines: readonly TextLine[]): Parsed => {
  const rows = lines.filter(looksLikeRow)
  const [first] = rows
  if (first === undefined) return nothing
  const many =
    rows.length === 1
      ? 'A row of this table does not fit below its titles and was left out'
      : `${rows.length} rows of this table do not fit below their titles and were left out`
  return complain('E_FACTS_ROWS_UNREAD', `${many}: ${first.text.trim().slice(0, 100)}`, first.number)
}
