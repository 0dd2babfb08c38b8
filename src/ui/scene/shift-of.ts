import { dropColours } from '../../base/index.ts'
import { cellWidth } from '../present/cells.ts'
import { expandTextTabs } from '../present/expand-tabs.ts'
import { findMatches } from '../present/find-matches.ts'
import { rowWidth } from '../present/fit-row.ts'
import { markLabel } from '../present/mark-label.ts'
import type { StepView } from '../state/ui-state.ts'
import type { Mark } from './output-marks.ts'
import type { Viewport } from './output-window.ts'

/** What a shift is worked out for. */
export type Shifted = {
  readonly viewport: Viewport
  readonly view: StepView
  readonly marks: readonly Mark[]
  readonly find: string | undefined
}

/** Where a stretch of a text begins and ends, in UTF-16 units; a mark of the whole line is at its beginning. */
type Stretch = { readonly from: number; readonly to: number }

const stretchOf = ({ view, find }: Shifted, text: string, mark: Mark | undefined): Stretch | undefined => {
  if (view.left === 'to-match') return findMatches(text, find ?? '')[0]
  return mark && { from: mark.column - 1, to: mark.column - 1 + mark.length }
}

/** The column of the output that is drawn first: no further right than it takes to see the end of what stands out in the marked line, and never beyond its beginning. */
export const shiftOf = (shifted: Shifted): number => {
  const { viewport, view, marks } = shifted
  if (viewport.longLines === 'wrap') return 0
  if (typeof view.left === 'number') return view.left
  const line = viewport.output.lines[(view.markedLine ?? 0) - viewport.output.firstLine]
  if (line === undefined) return 0
  const text = dropColours(line.text)
  const mark = marks.find(each => each.line === view.markedLine)
  const stretch = stretchOf(shifted, text, mark)
  if (stretch === undefined) return 0
  const columnAt = (at: number): number => cellWidth(expandTextTabs(text.slice(0, at)))
  const ellipsis = stretch.to < text.length ? 1 : 0
  const room = viewport.width - (mark === undefined ? 0 : rowWidth(markLabel(mark))) - ellipsis
  return Math.min(columnAt(stretch.from), Math.max(0, columnAt(stretch.to) - room))
}
