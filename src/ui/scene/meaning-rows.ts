import type { StepRef } from '../../base/index.ts'
import { findStep, type Library, type Run } from '../../session/index.ts'
import type { Rectangle } from '../layout/rectangle.ts'
import { clipRow } from '../present/fit-row.ts'
import { type Row, span } from '../present/span.ts'
import { wrapText } from '../present/wrap-row.ts'
import type { StepView } from '../state/ui-state.ts'
import { glyphs } from '../theme/glyphs.ts'
import { dealingSteps } from './dealing-steps.ts'
import type { Mark } from './output-marks.ts'

/** What the rows below an output are made of. */
export type Meant = {
  readonly pane: Rectangle | undefined
  readonly marks: readonly Mark[]
  readonly view: StepView
  readonly run: Run | undefined
  readonly ref: StepRef
  readonly library: Library
  /** The key that goes to the first step that deals with it. */
  readonly dealKey: string
}

const mostRows = 4

/** Columns at the left that stay free, as beside the output. */
const indent = 2

const titleOf = (library: Library, ref: StepRef, here: StepRef): string => {
  const title = findStep(library, ref)?.title ?? ref.step
  return ref.runbook === here.runbook ? title : `${title} (${ref.runbook})`
}

/** The steps that go on from the cause of a line, the first of which is a key away. */
const waysOn = ({ run, ref, library, dealKey }: Meant, mark: Mark): Row => {
  const finding = run?.findings.find(({ cause }) => cause === mark.cause)
  const steps = dealingSteps(finding, ref, library)
  if (mark.cause === undefined || steps.length === 0) return []
  const [first = '', ...others] = steps.map(step => titleOf(library, step, ref))
  return [
    span(`${dealKey} `, 'accent'),
    span(`${glyphs.recommended} ${first}`, 'selected'),
    span(others.length === 0 ? '' : `   also: ${others.join('; ')}`, 'dim'),
  ]
}

/** So many rows of a text; the last says when there is more of it. */
const someOf = (rows: readonly Row[], count: number, width: number): readonly Row[] => {
  const last = rows[count - 1]
  if (rows.length <= count || last === undefined) return rows.slice(0, count)
  return [...rows.slice(0, count - 1), clipRow([...last, span(` ${glyphs.more}`, 'accent')], width)]
}

/**
 * What the line that stands out means and which step goes on from it, or how the output came to its end before the command did, in
 * as few rows as leave the output most of its room.
 */
export const meaningRows = (meant: Meant): readonly Row[] => {
  const { pane, marks, view, run } = meant
  const mark = marks.find(each => each.line === view.markedLine)
  if (pane === undefined) return []
  const room = Math.max(0, Math.min(mostRows, Math.floor(pane.height / 3)))
  const width = pane.width - indent
  const lost = run?.outcome?.kind === 'lost' ? wrapText(run.outcome.message, width, 'bad') : []
  if (mark === undefined) return lost.slice(0, room)
  const ways = waysOn(meant, mark)
  const said = wrapText(mark.meaning, width, 'accent')
  if (ways.length === 0) return someOf(said, room, width)
  return [...someOf(said, Math.max(1, room - 1), width), clipRow(ways, width)].slice(0, room)
}
