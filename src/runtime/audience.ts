import type { StampedEvent } from '../session/index.ts'
import { createEventFeed } from './event-feed.ts'
import { createNotifier } from './notifier.ts'
import type { SessionStore, Snapshot } from './types.ts'

/**
 * Listeners are told of output at most this often: fifteen times a second. Where every row changes each time nobody reads one, and each picture more costs the keys their
 * turn.
 */
const OUTPUT_INTERVAL_MS = 66

/** Those who watch a session, and what they see. */
export type Audience = Pick<SessionStore, 'getSnapshot' | 'subscribe' | 'onEvent'> & {
  /** Shows the session as it is now, and what happened since. */
  readonly tell: (events: readonly StampedEvent[]) => void
  /** Shows it soon: for output, which comes often. */
  readonly tellSoon: () => void
  readonly close: () => void
}

/** Creates an audience of nobody. `look` takes the picture that is shown. */
export const createAudience = (look: () => Snapshot): Audience => {
  let snapshot = look()
  const refresh = (): void => {
    snapshot = look()
  }
  const feed = createEventFeed()
  const notifier = createNotifier(OUTPUT_INTERVAL_MS, refresh)

  return {
    getSnapshot: () => snapshot,
    subscribe: notifier.subscribe,
    onEvent: feed.subscribe,
    tell: events => {
      refresh()
      feed.deliver(events)
      notifier.tell()
    },
    tellSoon: notifier.tellSoon,
    close: notifier.close,
  }
}
