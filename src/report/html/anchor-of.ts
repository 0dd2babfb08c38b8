import type { Report, ReportRun } from '../types.ts'

/** The number of the first line that a run's part in the report holds. */
export const firstKeptLine = ({ lines, output }: ReportRun): number => lines - output.length + 1

/** Where a line of a run's output stands in the page: its own place where that part is shown, else the run. */
export const anchorOf = ({ runs }: Report, runId: string, line: number): string => {
  const run = runs.find(({ id }) => id === runId)
  const isShown = run !== undefined && line >= firstKeptLine(run) && line <= run.lines
  return isShown ? `${runId}-${line}` : runId
}
