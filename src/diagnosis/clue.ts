import type { Cause, Evidence, Severity } from './types.ts'

/** One piece of evidence for a cause; clues of one cause together make a finding. */
export type Clue = {
  readonly cause: Cause
  readonly severity: Severity
  readonly origin: 'fact' | 'line'
  readonly evidence: Evidence
}

/** A clue to trouble that is over: no more than a hint. */
export const asHistory = (clue: Clue): Clue =>
  clue.severity === 'info' ? clue : { ...clue, severity: 'info' }

/** Makes history of the clues that stand on lines which tell of what is over. */
export const settle = (clues: readonly Clue[], settled: ReadonlySet<number>): readonly Clue[] =>
  settled.size === 0 ? clues : clues.map(clue => (settled.has(clue.evidence.line) ? asHistory(clue) : clue))
