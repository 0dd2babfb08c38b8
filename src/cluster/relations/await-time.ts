import type { World } from '../world/world.ts'

/** Has time stop at an instant to come, so that what ends then ends then: said anew at each step for as long as it lies ahead. */
export const awaitTime = (world: World, atMs: number): void => {
  if (atMs > world.nowMs && atMs < (world.dueMs ?? Number.POSITIVE_INFINITY)) world.dueMs = atMs
}
