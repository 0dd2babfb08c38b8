import type { Rectangle } from '../layout/rectangle.ts'
import { glyphs } from '../theme/glyphs.ts'
import { clipRow, fitRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'

/** Rows that cover what is below them. */
export const presentBlank = ({ width, height }: Rectangle): readonly Row[] =>
  Array.from({ length: height }, (): Row => [span(' '.repeat(width))])

/** Rows inside a frame with a title, filled to its whole rectangle so that nothing shines through. */
export const presentFrame = (
  title: string,
  rows: readonly Row[],
  { width, height }: Rectangle,
): readonly Row[] => {
  const name = clipRow([span(title, 'title')], width - 6)
  const rest = Math.max(0, width - 5 - rowWidth(name))
  const side = span(glyphs.vertical, 'rule-focused')
  const line = (text: string): Row => [span(text, 'rule-focused')]
  const top: Row = [
    span(`${glyphs.topLeft}${glyphs.horizontal} `, 'rule-focused'),
    ...name,
    span(` ${glyphs.horizontal.repeat(rest)}${glyphs.topRight}`, 'rule-focused'),
  ]
  const bottom = line(`${glyphs.bottomLeft}${glyphs.horizontal.repeat(width - 2)}${glyphs.bottomRight}`)
  const inside = Array.from(
    { length: height - 2 },
    (_, at): Row => [side, span(' '), ...fitRow(rows[at] ?? [], width - 4), span(' '), side],
  )
  return [top, ...inside, bottom]
}
