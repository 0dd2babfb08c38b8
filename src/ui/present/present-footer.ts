import { keyHints } from '../keys/key-hints.ts'
import type { Moment } from '../state/moment.ts'
import type { Notice } from '../state/ui-state.ts'
import { glyphs } from '../theme/glyphs.ts'
import { fitRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'

const noticeSigns: Readonly<Record<Notice['tone'], string>> = {
  plain: glyphs.here,
  good: glyphs.good,
  warn: glyphs.warn,
  bad: glyphs.bad,
}

const noticeRow = ({ text, tone }: Notice): Row => [span(` ${noticeSigns[tone]} `, tone), span(text, tone)]

/** As many hints as fit, in order; the last of all, help, always has its room. */
const hintRow = (moment: Moment, width: number): Row => {
  const drawn = keyHints(moment).map(
    ({ key, text }): Row => [span(` ${key}`, 'accent'), span(` ${text} `, 'dim')],
  )
  const last = drawn.at(-1)
  if (last === undefined) return []
  let room = width - rowWidth(last)
  const kept = drawn.slice(0, -1).filter(hint => {
    room -= rowWidth(hint)
    return room >= 0
  })
  return [...kept, last].flat()
}

/** The bottom row: what was just said, else what the keys do now. */
export const presentFooter = (moment: Moment): Row => {
  const { ui, size } = moment
  return fitRow(ui.notice === undefined ? hintRow(moment, size.columns) : noticeRow(ui.notice), size.columns)
}
