import { type TextField, viewField } from '../state/text-field.ts'
import { cellWidth } from './cells.ts'
import { fitRow } from './fit-row.ts'
import { type Row, span } from './span.ts'

/** A text field behind its sign; the cursor is a block. What does not fit goes out at the left. */
export const fieldRow = (sign: string, field: TextField, width: number): Row => {
  const { before, under, after } = viewField(field, Math.max(2, width - cellWidth(sign) - 1))
  return fitRow([span(`${sign} `, 'accent'), span(before), span(under, 'cursor'), span(after)], width)
}
