import type { Cause, Evidence, Severity } from './types.ts'

/** One piece of evidence for a cause; clues of one cause together make a finding. */
export type Clue = {
  readonly cause: Cause
  readonly severity: Severity
  readonly origin: 'fact' | 'line'
  readonly evidence: Evidence
}
