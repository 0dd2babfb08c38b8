import { type Diagnostic, formatCount, formatCounted, type OutputLine } from '../base/index.ts'
import { SCANNED_LENGTH } from './scanner.ts'
import { readWrittenLine } from './written-line.ts'

/** The code of what `noteLongLines` gives. */
export const LONG_LINES = 'E_OUTPUT_LONG_LINES'

/** Tells whether causes are looked for in a part of a line only. */
export const isScannedInPart = ({ text }: Pick<OutputLine, 'text'>): boolean =>
  text.length > SCANNED_LENGTH && readWrittenLine(text).text.length > SCANNED_LENGTH

/** What is said of that, for so many lines. */
export const longLinesText = (count: number): string =>
  `${formatCounted(count, 'line')} longer than ${formatCount(SCANNED_LENGTH)} characters: causes were looked for in so much of each only.`

/** Says which lines were scanned in part, if any were. */
export const noteLongLines = (lines: readonly OutputLine[]): readonly Diagnostic[] => {
  const long = lines.filter(isScannedInPart)
  const [first] = long
  if (first === undefined) return []
  const at = { line: first.number, column: SCANNED_LENGTH + 1 }
  return [
    {
      code: LONG_LINES,
      severity: 'hint',
      message: longLinesText(long.length),
      advice: 'Read the rest of these lines yourself, or search it.',
      span: { start: at, end: at },
    },
  ]
}
