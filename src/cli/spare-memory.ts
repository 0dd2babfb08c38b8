import type { Executor } from '../targets/index.ts'
import { keepYoungHeap, setEngineFlag } from './engine-flags.ts'

const FLOOD_LENGTH = 2_000_000

let seen = 0

/**
 * Counts text that passes. Once a flood passes, the engine is told to save memory: the old heap may grow by less than a third between two
 * collections. Its own switch for that collects some thirty milliseconds long, twice a second, and keys wait for it.
 */
export const countOutput = (length: number): void => {
  if (seen >= FLOOD_LENGTH) return
  seen += length
  if (seen < FLOOD_LENGTH) return
  keepYoungHeap()
  setEngineFlag('heap-growing-percent', 30)
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
