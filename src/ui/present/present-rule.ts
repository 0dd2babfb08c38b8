import { glyphs } from '../theme/glyphs.ts'
import { clipRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'

/** A line with a title at its left and a remark at its right. A heavier line shows that the keys go there. */
export type RuleText = {
  readonly title: Row
  readonly remark: Row
  readonly width: number
  readonly isFocused: boolean
}

/** The row of a rule. The remark goes when there is no room for both. */
export const presentRule = ({ title, remark, width, isFocused }: RuleText): Row => {
  const line = isFocused ? glyphs.horizontalFocused : glyphs.horizontal
  const tone = isFocused ? 'rule-focused' : 'rule'
  const name = clipRow(title, Math.max(0, width - 4))
  const room = width - rowWidth(name) - 4
  const said = remark.length > 0 && rowWidth(remark) + 3 <= room ? [span(' '), ...remark, span(' ')] : []
  const end = said.length > 0 ? 1 : 0
  const fill = Math.max(0, width - 3 - rowWidth(name) - rowWidth(said) - end)
  return [
    span(`${line} `, tone),
    ...name,
    span(` ${line.repeat(fill)}`, tone),
    ...said,
    span(line.repeat(end), tone),
  ]
}
