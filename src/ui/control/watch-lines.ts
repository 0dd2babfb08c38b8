import type { SessionStore } from '../../runtime/index.ts'
import { runningRun } from '../../session/index.ts'
import { type Arrivals, createArrivals } from '../scene/arrivals.ts'
import type { DeskChange } from './session-desk.ts'

/** Notes when lines of the open session's outputs come. */
export type LineWatch = {
  readonly see: (store: SessionStore | undefined, what: DeskChange) => void
  readonly timeOf: Arrivals['timeOf']
}

/** A watch with a clock that gives milliseconds since the epoch. */
export const createLineWatch = (now: () => number): LineWatch => {
  const arrivals = createArrivals()
  let watched: string | undefined
  return {
    timeOf: arrivals.timeOf,
    see: (store, what) => {
      if (what === 'new') arrivals.forget()
      if (store === undefined) return
      const running = runningRun(store.getSnapshot().session)?.runId
      // The last lines of a run may come with its end: it is looked at once more then.
      for (const runId of new Set([watched, running]))
        if (runId !== undefined) arrivals.note(runId, store.outputOf(runId).totalLines, now())
      watched = running
    },
  }
}
