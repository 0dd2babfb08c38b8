import type { Clock } from './types.ts'

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() }
