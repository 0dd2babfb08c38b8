import type { OutputLine } from '../../base/index.ts'
import type { Mark } from '../scene/output-marks.ts'
import { anchorOf, linesFrom, type Viewport } from '../scene/output-window.ts'
import type { Sight } from '../state/ui-state.ts'
import { chopCells } from './cells.ts'
import { expandTabs } from './expand-tabs.ts'
import { findMatches } from './find-matches.ts'
import { clipRow, fitRow, rowWidth, sliceRow, sliceText } from './fit-row.ts'
import { markLabel } from './mark-label.ts'
import { type Gutter, gutterRow, gutterWidth } from './output-gutter.ts'
import { parseSgr } from './parse-sgr.ts'
import { type Row, rowText, span } from './span.ts'
import { type Tint, tintRow } from './tint-row.ts'
import { markWords } from './words.ts'

/** What an output pane shows. */
export type OutputPicture = {
  readonly view: Viewport
  readonly top: Sight
  readonly left: number
  readonly marks: readonly Mark[]
  readonly markedLine: number | undefined
  readonly find: string | undefined
  readonly gutter: Gutter
}

const tintsOf = (text: string, mark: Mark | undefined, find: string | undefined): readonly Tint[] => {
  const marked: readonly Tint[] =
    mark === undefined
      ? []
      : [
          {
            from: mark.column - 1,
            to: mark.length === 0 ? text.length : mark.column - 1 + mark.length,
            tone: markWords[mark.kind].tone,
          },
        ]
  const found = find === undefined ? [] : findMatches(text, find)
  return [...marked, ...found.map(({ from, to }): Tint => ({ from, to, tone: 'match' }))]
}

/** A line over several rows; the label of a mark stands behind the last where it has room. */
const wrapped = (line: Row, label: Row, width: number): readonly Row[] => {
  let from = 0
  const pieces = chopCells(rowText(line), width).map(piece => {
    from += piece.length
    return sliceText(line, from - piece.length, from)
  })
  const last = pieces.at(-1) ?? []
  const hasRoom = label.length > 0 && rowWidth(last) + rowWidth(label) <= width
  return hasRoom ? [...pieces.slice(0, -1), [...fitRow(last, width - rowWidth(label)), ...label]] : pieces
}

/** The rows of one line, without the sign at the left. */
const bodyRows = (picture: OutputPicture, line: OutputLine, mark: Mark | undefined): readonly Row[] => {
  const { width, longLines } = picture.view
  const plain = parseSgr(line.text)
  const tinted = expandTabs(tintRow(plain, tintsOf(rowText(plain), mark, picture.find)))
  const label = mark === undefined ? [] : markLabel(mark)
  if (longLines === 'wrap') return wrapped(tinted, label, width)
  const shifted = picture.left > 0 ? sliceRow(tinted, picture.left, rowWidth(tinted)) : tinted
  return [[...fitRow(shifted, width - rowWidth(label)), ...label]]
}

const lineRows = (picture: OutputPicture, line: OutputLine): readonly Row[] => {
  const { gutter, markedLine, marks, view } = picture
  const mark = marks.find(m => m.line === line.number)
  const first = gutterRow(gutter, { line, mark, isHere: markedLine === line.number })
  const further = [span(' '.repeat(gutterWidth(gutter)))]
  return bodyRows(picture, line, mark).map((body, at) => [
    ...(at === 0 ? first : further),
    ...clipRow(body, view.width),
  ])
}

/** The rows of an output that are in view, with a sign, a word and a tone on lines that mean something. */
export const presentOutput = (picture: OutputPicture): readonly Row[] => {
  const anchor = anchorOf(picture.view, picture.top)
  const rows = linesFrom(picture.view, anchor).flatMap(line => lineRows(picture, line))
  return rows.slice(anchor.skip, anchor.skip + picture.view.height)
}
