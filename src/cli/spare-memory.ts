import type { Executor } from '../targets/index.ts'
import { growYoungHeap, keepYoungHeap, setEngineFlag } from './engine-flags.ts'

const FLOOD_LENGTH = 2_000_000

/** What passes between two looks at the heap for new objects while that may grow. */
const LOOK_LENGTH = 1_000_000

/** What comes faster than ten megabytes a second leaves more behind in pieces of text than in frames: a larger heap would only hold more of those. */
const SLOWEST_LOOK_MS = 100

let seen = 0
let nextLook = FLOOD_LENGTH
let lastLook: number | undefined

/**
 * Counts text that passes. Once a flood passes, the engine is told to save memory: the old heap may grow by less than a third between two
 * collections. Its own switch for that collects some thirty milliseconds long, twice a second, and keys wait for it. The young one may
 * double before it stays as large as it is, unless the flood is a fast one: its frames are then soon done with, and hardly anything of them grows old.
 */
export const countOutput = (length: number): void => {
  seen += length
  if (seen < nextLook) return
  setEngineFlag('heap-growing-percent', 30)
  const now = performance.now()
  const isSlow = lastLook !== undefined && now - lastLook >= SLOWEST_LOOK_MS
  lastLook = now
  if (!isSlow) keepYoungHeap()
  nextLook = isSlow && !growYoungHeap() ? Number.POSITIVE_INFINITY : seen + LOOK_LENGTH
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
