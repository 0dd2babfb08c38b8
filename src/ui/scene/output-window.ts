import type { CapturedOutput, OutputLine } from '../../base/index.ts'
import { dropColours } from '../../base/index.ts'
import { clamp } from '../layout/window-rows.ts'
import { chopCells } from '../present/cells.ts'
import { expandTextTabs } from '../present/expand-tabs.ts'
import type { Anchor, UiState } from '../state/ui-state.ts'

/** An output as it is scrolled through: how wide and high it is seen, and what happens to long lines. */
export type Viewport = {
  readonly output: CapturedOutput
  readonly width: number
  readonly height: number
  readonly longLines: UiState['longLines']
}

/** How many rows a line takes. */
const rowsOf = ({ width, longLines }: Viewport, line: OutputLine): number =>
  longLines === 'cut' || width <= 0 ? 1 : chopCells(expandTextTabs(dropColours(line.text)), width).length

const lineAt = ({ output }: Viewport, number: number): OutputLine | undefined =>
  output.lines[number - output.firstLine]

const lastNumber = ({ output }: Viewport): number => output.firstLine + output.lines.length - 1

/** The anchor from which the last rows of the output fill the height. */
export const endAnchor = (view: Viewport): Anchor => {
  let left = view.height
  for (let number = lastNumber(view); number >= view.output.firstLine; number--) {
    const line = lineAt(view, number)
    const rows = line === undefined ? 1 : rowsOf(view, line)
    if (rows >= left) return { line: number, skip: rows - left }
    left -= rows
  }
  return { line: view.output.firstLine, skip: 0 }
}

const isAfter = (one: Anchor, other: Anchor): boolean =>
  one.line > other.line || (one.line === other.line && one.skip > other.skip)

/** An anchor within the output: not before its first kept line, not beyond the last full view. */
export const boundAnchor = (view: Viewport, anchor: Anchor): Anchor => {
  const end = endAnchor(view)
  const within = anchor.line < view.output.firstLine ? { line: view.output.firstLine, skip: 0 } : anchor
  return isAfter(within, end) ? end : within
}

/** Where a view stands: the anchor that it keeps, or the end that it follows. */
export const anchorOf = (view: Viewport, top: Anchor | 'end'): Anchor =>
  top === 'end' ? endAnchor(view) : boundAnchor(view, top)

/** The anchor a number of rows further down, or up when negative, within bounds. */
export const moveAnchor = (view: Viewport, from: Anchor, rows: number): Anchor => {
  let { line, skip } = from
  let left = Math.abs(rows)
  const step = Math.sign(rows)
  while (left > 0) {
    const current = lineAt(view, line)
    const height = current === undefined ? 1 : rowsOf(view, current)
    if (step > 0 && skip + 1 < height) skip++
    else if (step < 0 && skip > 0) skip--
    else {
      const next = lineAt(view, line + step)
      if (next === undefined) break
      line += step
      skip = step > 0 ? 0 : rowsOf(view, next) - 1
    }
    left--
  }
  return boundAnchor(view, { line, skip })
}

/** The anchor that shows a line a third down the view. */
export const anchorOn = (view: Viewport, number: number): Anchor => {
  const line = clamp(number, view.output.firstLine, Math.max(view.output.firstLine, lastNumber(view)))
  return moveAnchor(view, { line, skip: 0 }, -Math.floor(view.height / 3))
}

/** Tells whether the last row of the output is in view. */
export const isAtEnd = (view: Viewport, anchor: Anchor): boolean => !isAfter(endAnchor(view), anchor)

/** The lines from an anchor on that are needed to fill the height. */
export const linesFrom = ({ output, height }: Viewport, anchor: Anchor): readonly OutputLine[] => {
  const at = Math.max(0, anchor.line - output.firstLine)
  return output.lines.slice(at, at + height + 1)
}
