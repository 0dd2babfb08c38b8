import type { ReactNode } from 'react'
import { arrangeOverlay, insideOverlay, roomAround } from '../layout/arrange-overlay.ts'
import { presentBlank, presentFrame } from '../present/present-frame.ts'
import { presentOverlay } from '../present/present-overlay.ts'
import type { Moment } from '../state/moment.ts'
import type { Overlay } from '../state/overlay.ts'
import { MenuList } from './menu.tsx'
import { Rows } from './rows.tsx'

/** What lies over the screen, in a frame in its middle. */
export const OverlayBox = ({
  overlay,
  moment,
}: {
  readonly overlay: Overlay
  readonly moment: Moment
}): ReactNode => {
  const { title, remark, rows, menu, wants } = presentOverlay(overlay, moment)
  const at = arrangeOverlay(moment.size, wants)
  const behind = roomAround(at, moment.size)
  const inside = insideOverlay(at)
  const below = { ...inside, y: inside.y + rows.length, height: Math.max(0, inside.height - rows.length) }
  return (
    <>
      <Rows at={behind} rows={presentBlank(behind)} />
      <Rows at={at} rows={presentFrame({ title, remark, rows }, at)} />
      {menu === undefined ? null : <MenuList menu={menu} at={below} />}
    </>
  )
}
