import type { Rectangle, Size } from './rectangle.ts'

/** What an overlay would like: its content's width and height without the frame. */
export type OverlayWants = { readonly width: number; readonly height: number }

const frame = 2
const padding = 2

/** A framed box in the middle of the screen, no larger than the screen allows; the frame and one column of padding are part of it. */
export const arrangeOverlay = ({ columns, rows }: Size, wants: OverlayWants): Rectangle => {
  const width = Math.min(wants.width + frame + padding, columns - (columns >= 60 ? 4 : 0))
  const height = Math.min(wants.height + frame, rows - 2)
  return { x: Math.floor((columns - width) / 2), y: Math.floor((rows - height) / 2), width, height }
}

/** The room for content inside an overlay. */
export const insideOverlay = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x + 2,
  y: y + 1,
  width: Math.max(0, width - frame - padding),
  height: Math.max(0, height - frame),
})
