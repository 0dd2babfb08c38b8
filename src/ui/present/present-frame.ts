import type { Rectangle } from '../layout/rectangle.ts'
import { glyphs } from '../theme/glyphs.ts'
import { cellWidth } from './cells.ts'
import { clipRow, fitRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'

/** Rows that cover what is below them. */
export const presentBlank = ({ width, height }: Rectangle): readonly Row[] =>
  Array.from({ length: height }, (): Row => [span(' '.repeat(width))])

/** What stands in a frame and on its upper line: a title at the left, a remark at the right where there is room for it. */
export type Framed = {
  readonly title: string
  readonly remark?: string | undefined
  readonly rows: readonly Row[]
}

/** Columns of corners, lines and gaps around title and remark. */
const besides = 8

/** Rows inside a frame with a title, filled to its whole rectangle so that nothing shines through. */
export const presentFrame = (
  { title, remark = '', rows }: Framed,
  { width, height }: Rectangle,
): readonly Row[] => {
  const name = clipRow([span(title, 'title')], width - 6)
  const hasRoom = remark !== '' && rowWidth(name) + cellWidth(remark) + besides <= width
  const said = hasRoom ? [span(' '), span(remark, 'dim'), span(` ${glyphs.horizontal}`, 'rule-focused')] : []
  const rest = Math.max(0, width - 5 - rowWidth(name) - rowWidth(said))
  const side = span(glyphs.vertical, 'rule-focused')
  const line = (text: string): Row => [span(text, 'rule-focused')]
  const top: Row = [
    span(`${glyphs.topLeft}${glyphs.horizontal} `, 'rule-focused'),
    ...name,
    span(` ${glyphs.horizontal.repeat(rest)}`, 'rule-focused'),
    ...said,
    span(glyphs.topRight, 'rule-focused'),
  ]
  const bottom = line(`${glyphs.bottomLeft}${glyphs.horizontal.repeat(width - 2)}${glyphs.bottomRight}`)
  const inside = Array.from(
    { length: height - 2 },
    (_, at): Row => [side, span(' '), ...fitRow(rows[at] ?? [], width - 4), span(' '), side],
  )
  return [top, ...inside, bottom]
}
