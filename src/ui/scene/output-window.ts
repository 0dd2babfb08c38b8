import type { CapturedOutput, OutputLine } from '../../base/index.ts'
import { dropColours } from '../../base/index.ts'
import { clamp } from '../layout/window-rows.ts'
import { chopCells } from '../present/cells.ts'
import { expandTextTabs } from '../present/expand-tabs.ts'
import type { Anchor, Sight, UiState } from '../state/ui-state.ts'

/** An output as it is scrolled through: how wide and high it is seen, and what happens to long lines. */
export type Viewport = {
  readonly output: CapturedOutput
  /** The numbers of the lines that are shown, ascending, while the others are left out. */
  readonly only?: readonly number[] | undefined
  readonly width: number
  readonly height: number
  readonly longLines: UiState['longLines']
}

/** How many rows a line takes. */
const rowsOf = ({ width, longLines }: Viewport, line: OutputLine | undefined): number =>
  line === undefined || longLines === 'cut' || width <= 0
    ? 1
    : chopCells(expandTextTabs(dropColours(line.text)), width).length

/** How many lines can be scrolled through. */
export const shownCount = ({ output, only }: Viewport): number => only?.length ?? output.lines.length

/** The index in ascending numbers of the first that is not below a number. */
export const firstFrom = (numbers: readonly number[], number: number): number => {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}

/** The place of a line among those that are shown; of one that is left out, that of the next. */
const placeOf = (view: Viewport, number: number): number => {
  const at = view.only === undefined ? number - view.output.firstLine : firstFrom(view.only, number)
  return clamp(at, 0, Math.max(0, shownCount(view) - 1))
}

const numberAt = ({ output, only }: Viewport, place: number): number =>
  only === undefined ? output.firstLine + place : (only[place] ?? output.firstLine)

const lineAt = (view: Viewport, place: number): OutputLine | undefined =>
  view.output.lines[numberAt(view, place) - view.output.firstLine]

/** The anchor from which the last rows of the output fill the height. */
export const endAnchor = (view: Viewport): Anchor => {
  let left = view.height
  for (let place = shownCount(view) - 1; place >= 0; place--) {
    const rows = rowsOf(view, lineAt(view, place))
    if (rows >= left) return { line: numberAt(view, place), skip: rows - left }
    left -= rows
  }
  return { line: numberAt(view, 0), skip: 0 }
}

const isAfter = (one: Anchor, other: Anchor): boolean =>
  one.line > other.line || (one.line === other.line && one.skip > other.skip)

/** An anchor on a line that is shown: not before the first, not beyond the last full view. */
export const boundAnchor = (view: Viewport, anchor: Anchor): Anchor => {
  const end = endAnchor(view)
  const line = numberAt(view, placeOf(view, anchor.line))
  const within = line === anchor.line ? anchor : { line, skip: 0 }
  return isAfter(within, end) ? end : within
}

/** The anchor a number of rows further down, or up when negative, within bounds. */
export const moveAnchor = (view: Viewport, from: Anchor, rows: number): Anchor => {
  let place = placeOf(view, from.line)
  let skip = from.skip
  const step = Math.sign(rows)
  const last = shownCount(view) - 1
  for (let left = Math.abs(rows); left > 0; left--) {
    const height = rowsOf(view, lineAt(view, place))
    if (step > 0 && skip + 1 < height) skip++
    else if (step < 0 && skip > 0) skip--
    else {
      if (place + step < 0 || place + step > last) break
      place += step
      skip = step > 0 ? 0 : rowsOf(view, lineAt(view, place)) - 1
    }
  }
  return boundAnchor(view, { line: numberAt(view, place), skip })
}

const anchorAround = (view: Viewport, number: number): Anchor =>
  moveAnchor(view, { line: numberAt(view, placeOf(view, number)), skip: 0 }, -Math.floor(view.height / 3))

/** Where a view stands that is seen from somewhere. */
export const anchorOf = (view: Viewport, top: Sight): Anchor => {
  if (top === 'end') return endAnchor(view)
  return 'around' in top ? anchorAround(view, top.around) : boundAnchor(view, top)
}

/** Tells whether the last row of the output is in view. */
export const isAtEnd = (view: Viewport, anchor: Anchor): boolean => !isAfter(endAnchor(view), anchor)

/** Tells whether there is no row of the output that is out of view. */
export const isAllSeen = (view: Viewport): boolean => {
  if (shownCount(view) > view.height) return false
  const { line, skip } = endAnchor(view)
  return skip === 0 && line === numberAt(view, 0)
}

/** The lines from an anchor on that are needed to fill the height. */
export const linesFrom = (view: Viewport, anchor: Anchor): readonly OutputLine[] => {
  const from = placeOf(view, anchor.line)
  const count = Math.min(view.height + 1, shownCount(view) - from)
  return Array.from({ length: Math.max(0, count) }, (_, by) => lineAt(view, from + by)).flatMap(
    line => line ?? [],
  )
}
