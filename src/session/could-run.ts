import type { Outcome } from '../base/index.ts'
import type { Run } from './run.ts'

/** With these a shell says that it could not run a command: not executable, not found (POSIX, Shell Command Language 2.8.2). */
const shellFailures: readonly number[] = [126, 127]

/** Tells whether a command ran at all, however it ended: what never ran says nothing about the machine. */
export const couldRun = (outcome: Outcome): boolean =>
  outcome.kind === 'exited' ? !shellFailures.includes(outcome.code) : outcome.kind !== 'not-started'

/** Tells whether a run looked at what it is for, and so speaks for the machine even where it shows nothing. */
export const couldLook = ({ outcome }: Run): boolean => outcome?.kind === 'exited' && couldRun(outcome)
