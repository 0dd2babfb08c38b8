import type { Machine } from '../world/machine.ts'

/** Whether a shell has put a program at a path before, on a machine or in the container whose inside it is; from now on one has. */
export const wasOffered = (machine: Machine, path: string): boolean => {
  const holder = machine.inside?.container ?? machine
  holder.offered ??= new Set()
  const isKnown = holder.offered.has(path)
  holder.offered.add(path)
  return isKnown
}
