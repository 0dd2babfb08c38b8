import type { FreeProcess } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import type { Errand } from './jobs.ts'
import { createTimekeeper, type Timekeeper } from './timekeeper.ts'

const TURNS_A_SECOND = 50
const SECOND_MS = 1_000
/** What a loop that does nothing but turn takes of a core. */
const BUSY_PERCENT = 99.5

/** The timekeeper of a job: it waits while the session's own time passes, goes on without an end, and stops when it is killed. */
export const createJobTime = (
  world: World,
  { errand: { wait, signal }, process }: { readonly errand: Errand; readonly process: FreeProcess },
): Timekeeper => {
  const time = createTimekeeper(world, {
    pause: async () => undefined,
    pass: wait,
    patienceMs: Number.POSITIVE_INFINITY,
    signal,
  })
  let turns = 0
  let sinceMs = world.nowMs
  return {
    ...time,
    // An end that never comes: what stands between the statements asks whether it was killed.
    deadlineMs: () => time.deadlineMs() ?? Number.POSITIVE_INFINITY,
    isDue: async () => {
      turns += 1
      if (turns % TURNS_A_SECOND === 0) {
        if (world.nowMs === sinceMs) process.cpuPercent = BUSY_PERCENT
        sinceMs = world.nowMs
        await wait(SECOND_MS)
      }
      return signal.aborted || world.nowMs >= (time.deadlineMs() ?? Number.POSITIVE_INFINITY)
    },
  }
}
