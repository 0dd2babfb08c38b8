import { cellWidth, cutCells } from './cells.ts'
import type { Row, Span } from './span.ts'
import { span } from './span.ts'

/** How many columns a row takes. */
export const rowWidth = (line: Row): number => line.reduce((sum, part) => sum + cellWidth(part.text), 0)

/** The columns of a row from `from` on, at most `width` of them. A wide character that is cut at the left becomes a space. */
export const sliceRow = (line: Row, from: number, width: number): Row => {
  const kept: Span[] = []
  let skip = from
  let left = width
  for (const part of line) {
    if (left <= 0) break
    const visible = skip > 0 ? dropCells(part.text, skip) : part.text
    skip = Math.max(0, skip - cellWidth(part.text))
    const { head } = cutCells(visible, left)
    left -= cellWidth(head)
    if (head !== '') kept.push({ ...part, text: head })
    if (head.length < visible.length) break
  }
  return kept
}

const dropCells = (text: string, width: number): string => {
  const { head, rest } = cutCells(text, width)
  const missing = Math.min(width, cellWidth(text)) - cellWidth(head)
  if (missing <= 0) return rest
  const { head: halved } = cutCells(rest, 2)
  return ` ${rest.slice(halved.length)}`
}

/** The part of a row between two places of its text, in UTF-16 units. */
export const sliceText = (line: Row, from: number, to: number): Row => {
  let offset = 0
  return line.flatMap(part => {
    const start = offset
    offset += part.text.length
    const text = part.text.slice(Math.max(0, from - start), Math.max(0, to - start))
    return text === '' ? [] : [{ ...part, text }]
  })
}

/** A row within a width: what does not fit is cut and `more` stands at its end. */
export const clipRow = (line: Row, width: number, more = '…'): Row => {
  if (rowWidth(line) <= width) return line
  const kept = sliceRow(line, 0, Math.max(0, width - cellWidth(more)))
  return width <= 0 ? [] : [...kept, { ...(kept.at(-1) ?? span('')), text: more }]
}

/** A row of exactly a width: cut when longer, filled with spaces when shorter. */
export const fitRow = (line: Row, width: number, more = '…'): Row => {
  const clipped = clipRow(line, width, more)
  const missing = width - rowWidth(clipped)
  return missing > 0 ? [...clipped, span(' '.repeat(missing))] : clipped
}

/** Two rows at the ends of one: `right` stays whole, `left` is cut when both do not fit; one column stays between them. */
export const spreadRow = ({ left, right, width }: { left: Row; right: Row; width: number }): Row => {
  const kept = clipRow(right, width)
  const room = width - rowWidth(kept)
  if (kept.length === 0) return fitRow(left, width)
  return room < 1 ? kept : [...fitRow(left, room - 1), span(' '), ...kept]
}
