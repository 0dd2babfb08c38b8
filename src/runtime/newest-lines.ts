import type { CapturedOutput } from '../base/index.ts'

/** Every line that is analysed becomes several objects: beyond this many, the newest only. */
const MAX_ANALYSED_LINES = 50_000

/** What of an output is analysed. */
export const newestLines = (output: CapturedOutput): CapturedOutput => {
  const lines = output.lines.slice(-MAX_ANALYSED_LINES)
  return { ...output, firstLine: lines[0]?.number ?? output.firstLine, lines }
}
