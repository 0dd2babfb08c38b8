import {
  type DecideContext,
  type Decision,
  decide,
  evolve,
  type Intent,
  replay,
  type Session,
  type SessionEvent,
  type StampedEvent,
} from '../session/index.ts'
import type { Clock, Journal } from './types.ts'

/** Holds the session: decides, stamps, keeps on disk, folds, in this order. */
export type SessionLedger = {
  readonly session: () => Session
  /** Everything that happened so far, earlier sittings included: one list that grows. */
  readonly events: () => readonly StampedEvent[]
  readonly enter: (intent: Intent) => Entry
}

/** What became of an intent; the events of an accepted one are on disk and in the session. */
export type Entry = { readonly decision: Decision; readonly stamped: readonly StampedEvent[] }

/** What a ledger works with. `complain` takes a sentence for the operator. */
export type LedgerOptions = {
  readonly context: DecideContext
  readonly journal: Journal
  readonly clock: Clock
  readonly earlier?: readonly StampedEvent[]
  readonly complain: (sentence: string) => void
}

/** Clocks are slewed by less than this all the time. */
const LEAST_STEP_MS = 1_000

/** What to say of a clock that stands before the newest event. */
const wordStepBack = (before: string, now: string): string | undefined => {
  const backMs = Date.parse(before) - Date.parse(now)
  return backMs < LEAST_STEP_MS
    ? undefined
    : `This machine's clock was set back by ${Math.round(backMs / 1000)} s, from ${before}. Events keep their order; how long things took across that is not known.`
}

/** The report without its text: an output that trips the analysis must not keep its run from ending. */
const blank = (intent: Extract<Intent, { type: 'report-outcome' }>): Intent => {
  const { totalLines } = intent.output
  return { ...intent, output: { ...intent.output, firstLine: totalLines + 1, lines: [] } }
}

/** Opens a ledger on the events there are so far. */
export const openSessionLedger = (options: LedgerOptions): SessionLedger => {
  const { context, journal, clock, earlier = [], complain } = options
  let session = replay(earlier)
  // Copied with each event, a long session would cost its square.
  const events: StampedEvent[] = [...earlier]

  const consider = (intent: Intent): Decision => {
    try {
      return decide({ session, intent, context })
    } catch (error) {
      if (intent.type !== 'report-outcome') throw error
      complain(`The output of ${intent.runId} could not be analysed: ${String(error)}.`)
      return decide({ session, intent: blank(intent), context })
    }
  }

  const stamp = (happened: readonly SessionEvent[]): readonly StampedEvent[] => {
    const at = clock.now()
    const newest = events.at(-1)
    const stepBack = newest && wordStepBack(newest.at, at)
    if (stepBack !== undefined) complain(stepBack)
    return happened.map((event, index) => ({ ...event, seq: session.seq + index + 1, at }))
  }

  const enter = (intent: Intent): Entry => {
    const decision = consider(intent)
    const stamped = decision.kind === 'accepted' ? stamp(decision.events) : []
    journal.append(stamped)
    session = stamped.reduce(evolve, session)
    events.push(...stamped)
    return { decision, stamped }
  }

  return { session: () => session, events: () => events, enter }
}
