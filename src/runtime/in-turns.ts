import { setImmediate as turn } from 'node:timers/promises'
import type { InPieces } from '../base/index.ts'

/** How long keys and frames may wait for work that nobody looks at, in milliseconds. */
const TURN_MS = 8

/** Does a work in turns with keys, output and frames: they wait for one piece of it at most, or for eight milliseconds of shorter ones. */
export const inTurns = async <T>(work: InPieces<T>): Promise<T> => {
  let begun = performance.now()
  let step = work.next()
  while (!step.done) {
    if (performance.now() - begun >= TURN_MS) {
      await turn()
      begun = performance.now()
    }
    step = work.next()
  }
  return step.value
}
