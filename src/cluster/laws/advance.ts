import { beginStep, endStep } from '../relations/in-step.ts'
import type { World } from '../world/world.ts'
import { laws } from './laws.ts'

const STEP_MS = 5_000
const MOST_STEPS = 2_000

const applyLaws = (world: World): void => {
  const passedMs = world.nowMs - world.settledMs
  world.settledMs = world.nowMs
  beginStep(world)
  for (const law of laws) law(world, passedMs)
  endStep(world)
}

/** Brings the consequences of what was just changed about, without letting time pass. */
export const settle = (world: World): void => applyLaws(world)

/** Lets simulated time pass in steps of five seconds, longer ones for more than three hours, and settles the world after each. */
export const advance = (world: World, byMs: number): void => {
  const untilMs = world.nowMs + byMs
  const stepMs = Math.max(STEP_MS, Math.ceil(byMs / MOST_STEPS))
  while (world.nowMs < untilMs) {
    world.nowMs = Math.min(untilMs, world.nowMs + stepMs)
    applyLaws(world)
  }
}
