import type { Mark } from '../scene/output-marks.ts'
import { type Row, span } from './span.ts'
import { markWords } from './words.ts'

/** The sign and word at the right of a marked line. */
export const markLabel = (mark: Mark): Row => {
  const { sign, text, tone } = markWords[mark.kind]
  return [span(' '), span(`${sign} ${text}`, tone)]
}
