import type { World } from '../world/world.ts'

/**
 * Brings about one kind of consequence, in place: reads causes from the world, writes their symptoms. `passedMs` is the simulated time
 * since it ran last, 0 right after a command changed something. A law must give the same in two short steps as in one long one, and
 * change nothing when it runs twice at the same time. It runs at every step, mostly to find nothing to do: what several laws or services
 * ask is asked through `inStep`, and what is read from a text through `remembering`.
 */
export type Law = (world: World, passedMs: number) => void
