import type { World } from '../world/world.ts'

/**
 * Brings about one kind of consequence, in place: reads causes from the world, writes their symptoms. `passedMs` is the simulated time
 * since it ran last, 0 right after a command changed something. A law must give the same in two short steps as in one long one, and
 * change nothing when it runs twice at the same time.
 */
export type Law = (world: World, passedMs: number) => void
