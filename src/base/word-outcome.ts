import type { Outcome } from './command.ts'

/** How a command ended, in a few words: `exit 1`, `no answer in 30 s`. */
export const wordOutcome = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 127 ? 'not found here (exit 127)' : `exit ${outcome.code}`
    case 'timed-out':
      return `no answer in ${outcome.afterMs / 1000} s`
    case 'canceled':
      return 'stopped'
    case 'lost':
      return `lost: ${outcome.message}`
    case 'not-started':
      return `not started: ${outcome.message}`
  }
}
