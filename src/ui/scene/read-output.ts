import type { CapturedOutput, StepRef } from '../../base/index.ts'
import type { Run } from '../../session/index.ts'
import { keyOf } from '../keys/key-of.ts'
import type { Rectangle } from '../layout/rectangle.ts'
import { type Gutter, gutterOf, gutterWidth } from '../present/output-gutter.ts'
import type { Row } from '../present/span.ts'
import type { StepView, UiState } from '../state/ui-state.ts'
import type { FoundLines } from './line-finder.ts'
import { meaningRows } from './meaning-rows.ts'
import type { Mark } from './output-marks.ts'
import type { Viewport } from './output-window.ts'
import { shiftOf } from './shift-of.ts'
import type { SceneTools } from './step-scene.ts'

/** An output as it is looked at. */
export type ReadOutput = {
  readonly viewport: Viewport
  /** How many columns long lines are moved. */
  readonly shift: number
  readonly gutter: Gutter
  /** The numbers of the output's lines that hold a text. */
  readonly linesWith: (wanted: string) => FoundLines
  /** How much of the output was looked through for what is searched or filtered by, from 0 to 1. */
  readonly searched: number
  /** All of the output was looked through, and nothing holds what is searched for. */
  readonly isMissed: boolean
  /** What the line that stands out means; stands below the output. */
  readonly meaning: readonly Row[]
}

/** The output of a run, and how it is looked at. */
export type OutputLook = {
  readonly ui: UiState
  readonly pane: Rectangle | undefined
  readonly view: StepView
  readonly run: Run | undefined
  readonly output: CapturedOutput
  readonly marks: readonly Mark[]
  readonly ref: StepRef
}

const nowhere = { width: 80, height: 0 }

const nothingFound: FoundLines = { numbers: [], share: 1 }

/** The output of a run for the room that it has: which of its lines are shown, what stands beside them, and what stands below. */
export const readOutput = (tools: SceneTools, look: OutputLook): ReadOutput => {
  const { ui, pane, view, run, output } = look
  const { library } = tools.services.context
  const linesWith = (wanted: string): FoundLines =>
    run === undefined ? nothingFound : tools.lines({ runId: run.runId, output, wanted })
  const filtered = view.filter === undefined ? undefined : linesWith(view.filter)
  const found = ui.find === undefined || ui.find === view.filter ? undefined : linesWith(ui.find)
  const gutter = gutterOf({
    output,
    filter: view.filter,
    times: ui.times,
    timeOf: line => run && tools.timeOf(run.runId, line),
  })
  const meaning = meaningRows({ ...look, library, dealKey: keyOf(tools.services, 'deal-with') })
  const { width, height } = pane ?? nowhere
  const viewport = {
    output,
    only: filtered?.numbers,
    width: Math.max(1, width - gutterWidth(gutter)),
    height: Math.max(0, height - meaning.length),
    longLines: ui.longLines,
  }
  return {
    gutter,
    linesWith,
    searched: Math.min(filtered?.share ?? 1, found?.share ?? 1),
    isMissed: found?.share === 1 && found.numbers.length === 0,
    meaning,
    viewport,
    shift: shiftOf({ viewport, view, marks: look.marks, find: ui.find ?? view.filter }),
  }
}
