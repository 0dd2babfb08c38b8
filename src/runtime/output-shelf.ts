import type { CapturedOutput } from '../base/index.ts'
import { defaultBound } from './line-ring.ts'

/** How much of finished outputs stays in memory, in bytes. */
const MAX_SIZE = 32 * 1024 * 1024

/** A short output costs as much as this all the same. */
const LEAST_SIZE = 4 * 1024

/** Finished outputs at hand: the newest within a bound. What fell out can be read from disk again. */
export type OutputShelf = {
  readonly put: (runId: string, output: CapturedOutput) => void
  readonly get: (runId: string) => CapturedOutput | undefined
}

/** No output takes more memory than its buffer is allowed. */
const sizeOf = ({ totalBytes }: CapturedOutput): number =>
  Math.max(LEAST_SIZE, Math.min(totalBytes, defaultBound.maxBytes))

/** Creates an empty shelf. The newest output always stays, whatever its size. */
export const createOutputShelf = (maxSize: number = MAX_SIZE): OutputShelf => {
  const kept = new Map<string, { readonly output: CapturedOutput; readonly size: number }>()
  let total = 0

  const drop = (runId: string): void => {
    total -= kept.get(runId)?.size ?? 0
    kept.delete(runId)
  }

  const put = (runId: string, output: CapturedOutput): void => {
    drop(runId)
    const size = sizeOf(output)
    kept.set(runId, { output, size })
    total += size
    for (const oldest of kept.keys()) {
      if (total <= maxSize || oldest === runId) return
      drop(oldest)
    }
  }

  return { put, get: runId => kept.get(runId)?.output }
}
