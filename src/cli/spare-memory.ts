import type { Executor } from '../targets/index.ts'
import { giveBackMemory, growYoungHeap, keepYoungHeap, setEngineFlag } from './engine-flags.ts'

const FLOOD_LENGTH = 2_000_000

/** What passes between two looks at the heap for new objects while that may grow. */
const LOOK_LENGTH = 1_000_000

/** What comes faster than ten megabytes a second leaves more behind in pieces of text than in frames: a larger heap would only hold more of those. */
const SLOWEST_LOOK_MS = 100

/** What may be resident before memory is given back, in bytes: an analysis has room beside it below 200 MB. */
const RESIDENT_BOUND = 165_000_000

/** By how much what is resident grows again before the next time, where all of it is needed. */
const RESIDENT_ROOM = 40_000_000

let seen = 0
let nextLook = FLOOD_LENGTH
let lastLook: number | undefined
let isYoungHeapSettled = false
let residentBound = RESIDENT_BOUND

/** Keeps the heap for new objects as it is, or lets it grow once where a flood is a slow one. */
const settleYoungHeap = (): void => {
  const now = performance.now()
  const isSlow = lastLook !== undefined && now - lastLook >= SLOWEST_LOOK_MS
  lastLook = now
  if (isSlow) isYoungHeapSettled = !growYoungHeap()
  else keepYoungHeap()
}

const keepResidentLow = (): void => {
  if (process.memoryUsage.rss() < residentBound) return
  giveBackMemory()
  residentBound = Math.max(RESIDENT_BOUND, process.memoryUsage.rss() + RESIDENT_ROOM)
}

/**
 * Counts text that passes. Once a flood passes, the engine is told to save memory: the old heap may grow by less than a third between two
 * collections. Its own switch for that collects some thirty milliseconds long, twice a second, and keys wait for it. The young one may
 * double before it stays as large as it is, unless the flood is a fast one: its frames are then soon done with, and hardly anything of them grows
 * old. Where the engine comes too late to free what it has done with, as on a machine whose cores are all busy, it is made to.
 */
export const countOutput = (length: number): void => {
  seen += length
  if (seen < nextLook) return
  nextLook = seen + LOOK_LENGTH
  setEngineFlag('heap-growing-percent', 30)
  if (!isYoungHeapSettled) settleYoungHeap()
  keepResidentLow()
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
