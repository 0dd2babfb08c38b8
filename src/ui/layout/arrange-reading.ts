import type { Rectangle, Size } from './rectangle.ts'

const roomyFrom = 20

/** Where a text that fills the screen stands, between the top and the bottom row: with a margin where there is room. */
export const arrangeReading = ({ columns, rows }: Size): Rectangle => {
  const margin = rows >= roomyFrom ? 1 : 0
  return { x: 1 + margin, y: 1 + margin, width: columns - 2 - 2 * margin, height: rows - 2 - margin }
}
