import { formatCount } from '../../../base/index.ts'
import { clamp } from '../../layout/window-rows.ts'
import type { Moment } from '../../state/moment.ts'
import type { Overlay } from '../../state/overlay.ts'
import type { OverlayRoom } from '../present-overlay.ts'
import type { Row } from '../span.ts'

type Report = Extract<Overlay, { kind: 'report' }>

/** A report as it is read: the rows that are in view, how many rows are above them at most, and where that is in words. */
export type ReportView = {
  readonly rows: readonly Row[]
  readonly lastTop: number
  readonly remark: string | undefined
}

/** Longer lines of prose are hard to read. */
const widest = 100

/** The report of the session as it would be written now, as far as it is scrolled. */
export const presentReport = (
  { text, selected }: Report,
  { markdown }: Moment,
  { width, height }: OverlayRoom,
): ReportView => {
  const rows = markdown(text, Math.min(width, widest))
  const lastTop = Math.max(0, rows.length - height)
  const top = clamp(selected, 0, lastTop)
  const seen = `${formatCount(top + 1)}–${formatCount(Math.min(rows.length, top + height))}`
  return {
    rows: rows.slice(top, top + height),
    lastTop,
    remark: lastTop === 0 ? undefined : `${seen} of ${formatCount(rows.length)} rows`,
  }
}
