import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Lets what was typed while the program was busy reach the screen that stood then, so that it answers none that nobody has seen
 * yet. Two turns of the event loop: the first may begin after the terminal was read.
 */
export const passTypedKeys = async (): Promise<void> => {
  await nextTurn()
  await nextTurn()
}
