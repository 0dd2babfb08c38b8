import type { RunResult } from './types.ts'

/**
 * Tells whether a command came to look at all, so that what it does not show is not there: it ended by itself, the program exists
 * and may run, and it printed a result or ended without an error.
 */
export const hasLooked = ({ outcome, output }: RunResult): boolean => {
  if (outcome.kind !== 'exited' || outcome.code === 126 || outcome.code === 127) return false
  return outcome.code === 0 || output.lines.some(line => line.stream === 'stdout')
}

/** Tells whether a run gave a result to judge by: it ended, timed out, its program is missing, or it was stopped after it printed something. */
export const hasResult = ({ outcome, output }: RunResult): boolean =>
  outcome.kind === 'exited' ||
  outcome.kind === 'timed-out' ||
  (outcome.kind === 'not-started' && outcome.reason === 'not-found') ||
  output.lines.length > 0
