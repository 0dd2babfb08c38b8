import { arrangeReading } from '../layout/arrange-reading.ts'
import { clamp } from '../layout/window-rows.ts'
import { readingRows } from '../present/present-reading.ts'
import { type Action, change, stay } from '../state/action.ts'
import type { Moment } from '../state/moment.ts'

type Scroll = Extract<Action, { type: 'scroll' }>

/** The text that fills the screen moved by a row, a page or to an end, down (1) or up (-1). */
export const scrollReading = (moment: Moment, { by, way }: Scroll): Action => {
  const { place } = moment.ui
  if (place.kind !== 'briefing' && place.kind !== 'debrief') return stay
  const { width, height } = arrangeReading(moment.size)
  const most = Math.max(0, readingRows(moment, width).length - height)
  const rows = { row: 1, page: Math.max(1, height - 2), end: most }[by]
  return change({ type: 'scroll-reading', top: clamp(clamp(place.top, 0, most) + way * rows, 0, most) })
}
