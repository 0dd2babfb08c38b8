import { setFlagsFromString } from 'node:v8'
import { keepYoungHeap } from './engine-flags.ts'

/** The commands that read a document or a line and end. */
const readers = ['lint', 'tree', 'classify']

/**
 * Sets the engine up for a command, by its name, before anything of the program is loaded: what is kept of compiled code is only good for
 * the same switches. Expressions that have run before go on as they are: the engine may not be told to know nothing of its interpreter
 * any more, or it takes what it has interpreted for machine code.
 */
export const prepareEngine = (command: string | undefined): void => {
  // A pattern of a document from anywhere must not be able to hang the program: V8 goes over to its linear engine when one backtracks.
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')
  // Threads that a short run only waits for, and a first form of expressions that is replaced when they are used again.
  setFlagsFromString('--no-parallel-scavenge')
  setFlagsFromString('--regexp-tier-up-ticks=0')
  // What touches little memory waits less for the system to bring it than it spends on collecting more often.
  if (readers.includes(command ?? '')) keepYoungHeap()
}
