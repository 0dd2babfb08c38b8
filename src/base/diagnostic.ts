import type { Span } from './span.ts'

/** How much a diagnostic matters: an error stops a check, a warning should be mended, a hint may be. */
export type DiagnosticSeverity = 'error' | 'warning' | 'hint'

/**
 * Something that is wrong, or could be better, at a place of a document or an output.
 * `code` is stable (`E_AREA_REASON`), `message` says what happened, `advice` what to do about it.
 */
export type Diagnostic = {
  readonly code: string
  readonly severity: DiagnosticSeverity
  readonly message: string
  readonly advice: string
  readonly span: Span
}
