import { setFlagsFromString } from 'node:v8'
import type { Executor } from '../targets/index.ts'

const FLOOD_LENGTH = 2_000_000

let seen = 0

/**
 * Counts text that passes. A triage machine may be short of memory: once a flood passes, the engine is told to save it, which costs
 * processor time that a short run does better without.
 */
export const countOutput = (length: number): void => {
  if (seen >= FLOOD_LENGTH) return
  seen += length
  if (seen >= FLOOD_LENGTH) setFlagsFromString('--optimize-for-size')
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
