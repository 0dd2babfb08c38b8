import type { World } from '../world/world.ts'

/** How often a metrics-server asks the kubelets. */
export const ROUND_MS = 15_000

/** When a metrics-server asked last. */
export const roundOf = ({ nowMs }: World): number => Math.floor(nowMs / ROUND_MS) * ROUND_MS

/** Whether something has been there for two rounds: only then there is a difference to tell. */
export const hasTwoRounds = (world: World, sinceMs: number | undefined): boolean =>
  sinceMs !== undefined && roundOf(world) - ROUND_MS >= sinceMs
