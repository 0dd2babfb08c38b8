import { glyphs } from '../theme/glyphs.ts'
import { clipRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'

/** A line with a title at its left and a remark at its right. A heavier line shows that the keys go there. */
export type RuleText = {
  readonly title: Row
  /** The remark in its forms, the fullest first: the first one that leaves the whole title is said, else the last. */
  readonly remarks: readonly Row[]
  /** Columns of the title that say what it is, where the rest of it goes before any of the remark does. */
  readonly opening?: number
  readonly width: number
  readonly isFocused: boolean
}

/** Columns of lines and gaps around title and remark. */
const besides = 7

/** Below this a title needs all the room: a remark that has shorter forms goes when none of them leaves it whole. */
const narrow = 48

/** What of a title stays beside a remark. */
const leastTitle = 16

/** Less of a remark than this says nothing. */
const leastRemark = 24

/** The row of a rule. Where even the shortest remark leaves no room, the title is cut for the remark, then the remark's end for what must be left of the title; where hardly any of it would be said it goes. */
export const presentRule = ({ title, remarks, opening, width, isFocused }: RuleText): Row => {
  const isShort = opening !== undefined && width < narrow
  const least = Math.min(isShort ? opening : leastTitle, rowWidth(title))
  const fits = (remark: Row): boolean =>
    (opening === undefined ? rowWidth(title) : least) + rowWidth(remark) + besides <= width
  const isSpare = opening === undefined && remarks.length > 1 && width < narrow
  const whole = remarks.find(fits) ?? (isSpare ? [] : remarks.at(-1)) ?? []
  const line = isFocused ? glyphs.horizontalFocused : glyphs.horizontal
  const tone = isFocused ? 'rule-focused' : 'rule'
  const room = width - least - besides
  const remark = room < leastRemark ? whole : clipRow(whole, room)
  const beside = width - rowWidth(remark) - besides
  const isSaid = rowWidth(remark) > 0 && beside >= least
  const said = isSaid ? [span(' '), ...remark, span(' ')] : []
  const name = clipRow(title, Math.max(0, isSaid ? beside : width - 4))
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
