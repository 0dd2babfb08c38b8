import type { Cause, Evidence, Severity } from './types.ts'

/** One piece of evidence for a cause; clues of one cause together make a finding. */
export type Clue = {
  readonly cause: Cause
  readonly severity: Severity
  readonly origin: 'fact' | 'line' | 'sign' | 'broad-sign'
  readonly evidence: Evidence
}

/** Tells whether a clue is a reason to act. */
export const isReason = ({ severity }: Clue): boolean => severity !== 'info'

/** Tells whether a rule made a clue; a sign is a guess. */
export const isByRule = ({ origin }: Clue): boolean => origin === 'fact' || origin === 'line'

/** Leaves out guesses that add nothing: where a rule speaks for the cause, and vague ones where there is a reason to act. */
export const withFewSigns = (clues: readonly Clue[]): readonly Clue[] => {
  const known = new Set(clues.filter(isByRule).map(clue => clue.cause.id))
  const hasReason = clues.some(isReason)
  return clues.filter(
    clue => isByRule(clue) || !(known.has(clue.cause.id) || (hasReason && clue.origin === 'broad-sign')),
  )
}

/** A clue to trouble that is over: no more than a hint. */
export const asHistory = (clue: Clue): Clue =>
  clue.severity === 'info' ? clue : { ...clue, severity: 'info' }

/** Makes history of the clues that stand on lines which tell of what is over. */
export const settle = (clues: readonly Clue[], settled: ReadonlySet<number>): readonly Clue[] =>
  settled.size === 0 ? clues : clues.map(clue => (settled.has(clue.evidence.line) ? asHistory(clue) : clue))
