import '../services/all-services.ts'
import { beginStep, endStep } from '../relations/in-step.ts'
import type { World } from '../world/world.ts'
import { laws } from './laws.ts'

const MINUTE_MS = 60_000
/** So little time that nothing can be seen to have come of it. */
const MOMENT_MS = 100
/** As little after something was written to the API server, which wakes those who watch it. */
const WAKING_MS = 50

/** How long one step is when so much time passes at once: short while somebody looks on, longer for a past that nobody saw. */
const stepFor = (byMs: number): number => {
  if (byMs <= MINUTE_MS) return 5_000
  if (byMs <= 10 * MINUTE_MS) return 10_000
  return Math.max(20_000, Math.ceil(byMs / 2_000))
}

/** How soon parts of the cluster act upon what others have just written, how long one step is after that, and for how long. */
const REACTION_MS = 250
const QUICK_STEP_MS = 1_000
const STIR_MS = 2_000
const MOST_QUICK_STEPS = 90

/** How long the next step is where something stirs or comes to its end; `undefined` where nothing does. */
const quickStep = ({ kube, nowMs, settledMs, dueMs = 0 }: World): number | undefined => {
  const stirredMs = kube.stirredMs ?? 0
  const stirMs =
    nowMs - stirredMs >= STIR_MS
      ? Number.POSITIVE_INFINITY
      : stirredMs >= settledMs
        ? REACTION_MS
        : QUICK_STEP_MS
  const step = Math.min(stirMs, dueMs > nowMs ? dueMs - nowMs : Number.POSITIVE_INFINITY)
  return Number.isFinite(step) ? step : undefined
}

const applyLaws = (world: World): void => {
  const passedMs = world.nowMs - world.settledMs
  world.settledMs = world.nowMs
  if ((world.dueMs ?? 0) <= world.nowMs) delete world.dueMs
  beginStep(world)
  for (const law of laws) law(world, passedMs)
  endStep(world)
  world.settledRevision = world.kube.revision
}

/** Brings the consequences of what was just changed about, without letting time pass. */
export const settle = (world: World): void => applyLaws(world)

const never = (): boolean => false

/**
 * Lets simulated time pass in steps, of five seconds up to a minute, longer for more, and settles the world after each. Where one thing
 * leads to the next the steps are short. It stops early after a step that `isDue` wants to be the last.
 */
export const advance = (world: World, byMs: number, isDue: () => boolean = never): void => {
  const untilMs = world.nowMs + byMs
  const stepMs = stepFor(byMs)
  let quickSteps = 0
  while (world.nowMs < untilMs) {
    const quickMs = quickSteps < MOST_QUICK_STEPS ? (quickStep(world) ?? stepMs) : stepMs
    if (quickMs < stepMs) quickSteps += 1
    world.nowMs = Math.min(untilMs, world.nowMs + Math.min(quickMs, stepMs))
    applyLaws(world)
    if (isDue()) return
  }
}

/** Lets a moment pass, as a command of its line takes one: its consequences come once moments have added up, or with the next `settle`. */
export const passMoment = (world: World, byMs: number, isDue: () => boolean = never): void => {
  const isWritten = world.kube.revision !== world.settledRevision
  const momentMs = isWritten ? WAKING_MS : MOMENT_MS
  if (world.nowMs + byMs - world.settledMs < momentMs) world.nowMs += Math.max(0, byMs)
  else advance(world, byMs, isDue)
}
