import type { CapturedOutput, OutputLine } from '../../base/index.ts'
import type { Mark } from '../scene/output-marks.ts'
import type { UiState } from '../state/ui-state.ts'
import { glyphs } from '../theme/glyphs.ts'
import { type Row, type Span, span } from './span.ts'
import { markWords } from './words.ts'

/** What stands left of an output: always a sign, its line's number where lines are left out, the time when it is asked for. */
export type Gutter = {
  /** Columns of the numbers; 0 leaves them out. */
  readonly digits: number
  /** When a line came, in milliseconds since the epoch; absent while times are hidden. */
  readonly timeOf: ((line: number) => number | undefined) | undefined
}

const signColumns = 2
const timeColumns = 9

/** What a gutter is made for. */
export type GutterNeeds = {
  readonly output: CapturedOutput
  readonly filter: string | undefined
  readonly times: UiState['times']
  readonly timeOf: (line: number) => number | undefined
}

/** The gutter of an output as it is looked at. */
export const gutterOf = ({ output, filter, times, timeOf }: GutterNeeds): Gutter => ({
  digits: filter === undefined ? 0 : String(output.totalLines).length,
  timeOf: times === 'shown' ? timeOf : undefined,
})

/** How many columns a gutter takes. */
export const gutterWidth = ({ digits, timeOf }: Gutter): number =>
  signColumns + (digits > 0 ? digits + 1 : 0) + (timeOf === undefined ? 0 : timeColumns)

const signOf = ({ stream }: OutputLine, mark: Mark | undefined, isHere: boolean): Span => {
  if (isHere) return span(`${glyphs.selected} `, 'accent')
  if (mark === undefined) return span(stream === 'stderr' ? `${glyphs.errorStream} ` : '  ', 'dim')
  const { sign, tone } = markWords[mark.kind]
  return span(`${sign} `, tone)
}

/** Hours, minutes and seconds in universal time, as journals have it. */
const clock = (instantMs: number | undefined): string =>
  instantMs === undefined ? '' : new Date(instantMs).toISOString().slice(11, 19)

/** A line and what is known of it. */
export type GutterLine = {
  readonly line: OutputLine
  readonly mark: Mark | undefined
  readonly isHere: boolean
}

/** What stands left of a line's first row. */
export const gutterRow = ({ digits, timeOf }: Gutter, { line, mark, isHere }: GutterLine): Row => [
  signOf(line, mark, isHere),
  ...(digits === 0 ? [] : [span(`${String(line.number).padStart(digits)} `, 'dim')]),
  ...(timeOf === undefined ? [] : [span(clock(timeOf(line.number)).padEnd(timeColumns), 'dim')]),
]
