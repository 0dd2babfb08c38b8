import { clamp } from '../../layout/window-rows.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import type { Row } from '../span.ts'

type Report = Extract<Overlay, { kind: 'report' }>

/** Longer lines of prose are hard to read. */
const widest = 100

/** The report of the session as it would be written now, as far as it is scrolled. */
export const presentReport = (
  { text, selected }: Report,
  { markdown }: Moment,
  { width, height }: OverlayRoom,
): readonly Row[] => {
  const rows = markdown(text, Math.min(width, widest))
  const top = clamp(selected, 0, Math.max(0, rows.length - height))
  return rows.slice(top, top + height)
}
