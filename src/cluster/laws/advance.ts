import '../services/all-services.ts'
import { beginStep, endStep } from '../relations/in-step.ts'
import type { World } from '../world/world.ts'
import { laws } from './laws.ts'

const MINUTE_MS = 60_000
/** So little time that nothing can be seen to have come of it. */
const MOMENT_MS = 100

/** How long one step is when so much time passes at once: short while somebody looks on, longer for a past that nobody saw. */
const stepFor = (byMs: number): number => {
  if (byMs <= MINUTE_MS) return 5_000
  if (byMs <= 10 * MINUTE_MS) return 10_000
  return Math.max(20_000, Math.ceil(byMs / 2_000))
}

/** How long one step is while parts of the cluster act upon what others have just written, and how long they are given for it. */
const QUICK_STEP_MS = 1_000
const STIR_MS = 2_000
const MOST_QUICK_STEPS = 60

const isStirred = ({ kube, nowMs }: World): boolean => nowMs - (kube.stirredMs ?? 0) < STIR_MS

const applyLaws = (world: World): void => {
  const passedMs = world.nowMs - world.settledMs
  world.settledMs = world.nowMs
  beginStep(world)
  for (const law of laws) law(world, passedMs)
  endStep(world)
}

/** Brings the consequences of what was just changed about, without letting time pass. */
export const settle = (world: World): void => applyLaws(world)

/**
 * Lets simulated time pass in steps, of five seconds up to a minute, longer for more, and settles the world after each. Where one thing
 * leads to the next the steps are short.
 */
export const advance = (world: World, byMs: number): void => {
  const untilMs = world.nowMs + byMs
  const stepMs = stepFor(byMs)
  let quickSteps = 0
  while (world.nowMs < untilMs) {
    const isQuick = quickSteps < MOST_QUICK_STEPS && isStirred(world)
    if (isQuick) quickSteps += 1
    world.nowMs = Math.min(untilMs, world.nowMs + (isQuick ? QUICK_STEP_MS : stepMs))
    applyLaws(world)
  }
}

/** Lets a moment pass, as a command of its line takes one: its consequences come once moments have added up, or with the next `settle`. */
export const passMoment = (world: World, byMs: number): void => {
  if (world.nowMs + byMs - world.settledMs < MOMENT_MS) world.nowMs += Math.max(0, byMs)
  else advance(world, byMs)
}
