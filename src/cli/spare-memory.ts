import type { Executor } from '../targets/index.ts'
import { growYoungHeap, setEngineFlag } from './engine-flags.ts'

const FLOOD_LENGTH = 2_000_000

/** What passes between two looks at the heap for new objects while that grows: it doubles in no less. */
const LOOK_LENGTH = 1_000_000

let seen = 0
let nextLook = FLOOD_LENGTH

/**
 * Counts text that passes. Once a flood passes, the engine is told to save memory: the old heap may grow by less than a third between two
 * collections. Its own switch for that collects some thirty milliseconds long, twice a second, and keys wait for it. The young one may
 * double before it stays as large as it is: the frames of a flood are then soon done with, and hardly anything of them grows old.
 */
export const countOutput = (length: number): void => {
  seen += length
  if (seen < nextLook) return
  setEngineFlag('heap-growing-percent', 30)
  nextLook = growYoungHeap() ? seen + LOOK_LENGTH : Number.POSITIVE_INFINITY
}

/** An executor whose output is counted. */
export const countingExecutor = (executor: Executor): Executor => ({
  ...executor,
  run: (request, sink, signal) =>
    executor.run(
      request,
      chunk => {
        countOutput(chunk.text.length)
        sink(chunk)
      },
      signal,
    ),
})
