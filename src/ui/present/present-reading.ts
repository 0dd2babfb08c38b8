import { formatCounted } from '../../base/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { Rectangle } from '../layout/rectangle.ts'
import { clamp } from '../layout/window-rows.ts'
import type { Moment } from '../state/moment.ts'
import { glyphs } from '../theme/glyphs.ts'
import { presentBriefing } from './present-briefing.ts'
import { presentDebrief } from './present-debrief.ts'
import { type Row, row } from './span.ts'

/** All rows of the text that fills the screen at a moment, for a width. */
export const readingRows = ({ ui, drill, services }: Moment, width: number): readonly Row[] => {
  if (ui.place.kind === 'debrief') return presentDebrief(ui.place.end, width)
  return ui.place.kind === 'briefing' && drill !== undefined
    ? presentBriefing({ ...drill, width, keyOf: id => keyOf(services, id) })
    : []
}

/** The part of the text that is in view; its last row says how much more there is. */
export const presentReading = (moment: Moment, { width, height }: Rectangle): readonly Row[] => {
  const rows = readingRows(moment, width)
  const { place } = moment.ui
  const top = clamp('top' in place ? place.top : 0, 0, Math.max(0, rows.length - height))
  const below = rows.length - top - height
  const shown = rows.slice(top, top + height)
  if (below <= 0) return shown
  return [...shown.slice(0, -1), row(`${glyphs.down} ${formatCounted(below + 1, 'more row')}`, 'dim')]
}
