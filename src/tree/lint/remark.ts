import type { Diagnostic, DiagnosticSeverity } from '../../base/index.ts'

/** What `diagnose` is given; a column that is not told is the line's first. */
export type Remark = {
  readonly code: string
  readonly severity: DiagnosticSeverity
  readonly message: string
  readonly advice: string
  readonly line: number
  readonly column?: number
}

/** Makes a diagnostic at a place of the document. */
export const diagnose = ({ line, column = 1, ...rest }: Remark): Diagnostic => ({
  ...rest,
  span: { start: { line, column }, end: { line, column: column + 1 } },
})
