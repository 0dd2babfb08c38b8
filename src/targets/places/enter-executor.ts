import type { Executor } from '../types.ts'
import { enterLine } from './enter-line.ts'
import type { Inside } from './parse-target.ts'

/** What is entered, and the name that it has as a target. */
export type Entrance = { readonly inside: Inside; readonly name: string }

/**
 * Runs commands inside something on the machine of another executor, which stays its owner's to close. Each command begins anew
 * there: neither variables nor the working directory carry over.
 */
export const enterExecutor = (machine: Executor, { inside, name }: Entrance): Executor => ({
  target: {
    name,
    host: inside.kind === 'planet' ? machine.target.host : inside.pod.name,
    reach: 'machine',
  },
  run: (request, sink, signal) =>
    machine.run({ ...request, line: enterLine(inside, request), cwd: undefined }, sink, signal),
  close: async () => undefined,
})
