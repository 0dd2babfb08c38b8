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

/** Beside a box that is nearly as wide as the screen so few columns would show only scraps of words. */
const scraps = 8

/** What is kept empty around an overlay: a column at each side, or the whole rows where little else would be seen of them. */
export const roomAround = ({ x, y, width, height }: Rectangle, { columns }: Size): Rectangle => {
  if (columns - width <= 2 * scraps) return { x: 0, y, width: columns, height }
  return { x: x - 1, y, width: width + 2, height }
}

/** The room for content inside an overlay. */
export const insideOverlay = ({ x, y, width, height }: Rectangle): Rectangle => ({
  x: x + 2,
  y: y + 1,
  width: Math.max(0, width - frame - padding),
  height: Math.max(0, height - frame),
})
