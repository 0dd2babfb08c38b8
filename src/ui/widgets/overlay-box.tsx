import type { ReactNode } from 'react'
import { arrangeOverlay } from '../layout/arrange-overlay.ts'
import { presentFrame } from '../present/present-frame.ts'
import { presentOverlay } from '../present/present-overlay.ts'
import type { Moment } from '../state/moment.ts'
import type { Overlay } from '../state/overlay.ts'
import { Rows } from './rows.tsx'

/** What lies over the screen, in a frame in its middle. */
export const OverlayBox = ({
  overlay,
  moment,
}: {
  readonly overlay: Overlay
  readonly moment: Moment
}): ReactNode => {
  const { title, rows, wants } = presentOverlay(overlay, moment)
  const at = arrangeOverlay(moment.size, wants)
  return <Rows at={at} rows={presentFrame(title, rows, at)} />
}
