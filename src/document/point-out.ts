import type { Diagnostic, DiagnosticSeverity, Span } from '../base/index.ts'
import type { LineRange } from './types.ts'

/** What `pointOut` is given. Columns count from 1; `length` is that of the marked stretch on its line. */
export type Remark = {
  readonly code: string
  readonly severity: DiagnosticSeverity
  readonly message: string
  readonly advice: string
  readonly line: number
  readonly column?: number
  readonly length?: number
}

/** Makes a diagnostic for a stretch of one line. */
export const pointOut = ({ line, column = 1, length = 1, ...rest }: Remark): Diagnostic => ({
  ...rest,
  span: { start: { line, column }, end: { line, column: column + length } },
})

/** The span from the first visible character of a range of lines to the end of its last line. */
export const spanOfLines = (lines: readonly string[], range: LineRange): Span => {
  const first = lines[range.first - 1] ?? ''
  const indent = Math.max(0, first.search(/\S/))
  const last = Math.max(range.first, range.last)
  return {
    start: { line: range.first, column: indent + 1 },
    end: { line: last, column: (lines[last - 1] ?? '').length + 1 },
  }
}
