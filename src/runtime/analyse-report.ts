import {
  type Analysis,
  analysing,
  type DecideContext,
  type EndedCommand,
  type Intent,
} from '../session/index.ts'
import { inTurns } from './in-turns.ts'
import { withLinesMade } from './newest-lines.ts'
import type { AnalyseApart } from './types.ts'

/** What is told of a run that has ended. */
export type Report = Extract<Intent, { type: 'report-outcome' }>

/** From so many lines on, analysing an output takes longer than a key may wait. */
const LONG_OUTPUT = 1_000

/** From so many on, the turns would be felt. */
const LARGE_OUTPUT = 10_000

/** What reports are analysed with. */
export type ReportTools = Pick<DecideContext, 'parsers' | 'knowledge'> & {
  readonly analyseApart?: AnalyseApart | undefined
}

const analyseLarge = async (
  { analyseApart }: ReportTools,
  ended: EndedCommand,
): Promise<Analysis | undefined> =>
  ended.output.lines.length < LARGE_OUTPUT ? undefined : analyseApart?.(ended).catch(() => undefined)

/**
 * Adds to the report on a command what its output says, where that takes long: of a large output it is worked out apart, of a long one in turns
 * with keys and frames. A short one, and one that trips the analysis, is left to whoever decides.
 */
export const analyseReport = async (tools: ReportTools, command: string, report: Report): Promise<Report> => {
  const { outcome, output, at } = report
  const apart = await analyseLarge(tools, { command, outcome, output, at })
  if (apart !== undefined) return { ...report, analysis: apart }
  const made = { ...report, output: withLinesMade(output) }
  if (output.lines.length < LONG_OUTPUT) return made
  const analysis = await inTurns(analysing(tools, { command, ...made })).catch(() => undefined)
  return analysis === undefined ? made : { ...made, analysis }
}
