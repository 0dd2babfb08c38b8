import type { Outcome } from '../base/index.ts'

/** How a run ended, in a few words. */
export const wordOutcome = (outcome: Outcome | undefined): string => {
  switch (outcome?.kind) {
    case undefined:
      return 'its end was not seen'
    case 'exited':
      return outcome.code === 127 ? 'not found (exit 127)' : `exit ${outcome.code}`
    case 'timed-out':
      return `no answer in ${outcome.afterMs / 1000} s`
    case 'canceled':
      return 'stopped'
    case 'lost':
      return 'connection lost'
    case 'not-started':
      return `not started: ${outcome.message}`
  }
}
