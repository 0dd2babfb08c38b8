import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Stops reading a terminal that Ink has let go of. Ink takes its listener away but the stream reads on, so without this the first
 * keys meant for the borrower of the terminal would be read here. A new listener starts the reading again.
 */
export const releaseInput = async (stdin: { readonly pause: () => unknown }): Promise<void> => {
  // Only after a turn does the stream know that nobody listens; before, pausing it would do nothing.
  await nextTurn()
  stdin.pause()
}
