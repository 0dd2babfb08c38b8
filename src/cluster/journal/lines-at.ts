import type { Machine } from '../world/machine.ts'

/** How many entries of an instant a journal holds already. */
export const linesAt = ({ journal }: Machine, atMs: number): number => {
  let at = journal.length - 1
  while (at >= 0 && (journal[at]?.atMs ?? 0) > atMs) at -= 1
  const last = at
  while (at >= 0 && journal[at]?.atMs === atMs) at -= 1
  return last - at
}
