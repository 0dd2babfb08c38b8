/** Work that is done piece by piece, of which each takes milliseconds; whoever does it may see to something else in between. */
export type InPieces<T> = Generator<void, T>

/** Does all of it at once. */
export const atOnce = <T>(work: InPieces<T>): T => {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
