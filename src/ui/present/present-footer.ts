import { keyHints } from '../keys/key-hints.ts'
import type { Moment } from '../state/moment.ts'
import type { Notice } from '../state/ui-state.ts'
import { glyphs } from '../theme/glyphs.ts'
import { fitRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'
import { wrapRow } from './wrap-row.ts'

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

/** More than this of a sentence would cover too much of the screen. */
const mostRows = 3

/** The bottom row: what the keys do now. What was just said stands above, in as many rows as that takes up to three. */
export const presentFooter = (moment: Moment): readonly Row[] => {
  const { ui, size } = moment
  const width = size.columns
  const hints = fitRow(hintRow(moment, width), width)
  if (ui.notice === undefined) return [hints]
  const said = wrapRow(noticeRow(ui.notice), { width: width - 1, hang: '   ' })
  return [...said.slice(0, mostRows).map(line => fitRow(line, width)), hints]
}
