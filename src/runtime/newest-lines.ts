import { type CapturedOutput, remembered } from '../base/index.ts'
import { lazyLines } from './lazy-lines.ts'

/** Every line that is analysed becomes several objects: beyond this many, the newest only. */
const MAX_ANALYSED_LINES = 50_000

/** What of an output is analysed, its lines made when they are looked at. Of the same output the same object, so that what was found in it is known again. */
export const newestLines = remembered((output: CapturedOutput): CapturedOutput => {
  const { lines } = output
  const skipped = Math.max(0, lines.length - MAX_ANALYSED_LINES)
  if (skipped === 0) return output
  const newest = lazyLines(lines.length - skipped, index => lines[skipped + index])
  return { ...output, firstLine: newest[0]?.number ?? output.firstLine, lines: newest }
})

/** An output whose lines are made once: who goes through them again and again does not make them each time. */
export const withLinesMade = (output: CapturedOutput): CapturedOutput => ({
  ...output,
  lines: [...output.lines],
})
