import type { Executor } from '../targets/index.ts'
import { setEngineFlag } from './engine-flags.ts'

const FLOOD_LENGTH = 2_000_000

let seen = 0

/**
 * Leaves the engine's heap for new objects as large as it is: what floods through a screen would let it grow to 67 MB, which a triage
 * machine may be short of. Nothing is collected more often by it as long as little survives.
 */
export const keepYoungHeap = (): void => setEngineFlag('semi-space-growth-factor', 1)

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
