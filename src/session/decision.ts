import { evolve } from './evolve.ts'
import { isReady, queuedRuns, runningRun } from './run-queries.ts'
import type {
  DecideContext,
  Decision,
  Intent,
  Refusal,
  Session,
  SessionEffect,
  SessionEvent,
} from './types.ts'

/** What every family of intents decides upon. */
export type Situation = { readonly session: Session; readonly context: DecideContext }

/** The intents of the given types. */
export type IntentOf<T extends Intent['type']> = Extract<Intent, { type: T }>

/** An accepted decision. */
export const accept = (
  events: readonly SessionEvent[],
  effects: readonly SessionEffect[] = [],
): Decision => ({
  kind: 'accepted',
  events,
  effects,
})

/** A decision against the intent, for a reason that is at hand. */
export const refuseWith = (refusal: Refusal): Decision => ({ kind: 'refused', refusal })

/** A decision against the intent: `text` says what is the matter, then what to do. */
export const refuse = (code: string, text: string): Decision => refuseWith({ code, text })

/** The session as it will be after events that have not been stamped yet; their instants are empty. */
export const preview = (session: Session, events: readonly SessionEvent[]): Session =>
  events.reduce((before, event) => evolve(before, { ...event, seq: before.seq + 1, at: '' }), session)

/** Accepts the events and, when the target is idle after them, starts the run that has waited longest. */
export const acceptAndStart = (session: Session, events: readonly SessionEvent[]): Decision => {
  const after = preview(session, events)
  const next =
    runningRun(after) === undefined ? queuedRuns(after).find(run => isReady(after, run)) : undefined
  if (next === undefined) return accept(events)
  const { runId } = next
  return accept([...events, { type: 'run-started', runId }], [{ type: 'start-run', runId }])
}
