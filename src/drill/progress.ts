import type { World } from '../cluster/index.ts'
import type { DrillLog } from './drill-log.ts'
import type { Drill } from './types.ts'

/** Whether the time that a drill takes counts. */
export type DrillClock = 'timed' | 'practice'

/** How far a drill has come. */
export type DrillProgress = {
  readonly clock: DrillClock
  /** Simulated time since the trainee began. */
  readonly tookMs: number
  readonly parMinutes: number
  readonly lines: number
  /** The hints that were taken, in order. */
  readonly hints: readonly string[]
  readonly hintsLeft: number
  /** Points that the next hint costs. */
  readonly hintCosts: number
  /** Points for naming the cause at once. */
  readonly causeGives: number
  readonly named: readonly { readonly cause: string; readonly isRight: boolean }[]
}

/** Points that a hint costs. */
export const HINT_COSTS = 5

/** Points for a cause that is named without a wrong one before it. */
export const CAUSE_GIVES = 35

/** Tells how far a drill has come from its log and its world. */
export const progressOf = (drill: Drill, world: World, log: DrillLog): DrillProgress => {
  const hints = log.entries.flatMap(entry => (entry.type === 'hint-taken' ? [entry.text] : []))
  return {
    clock: log.isTimed ? 'timed' : 'practice',
    tookMs: world.nowMs - log.beganMs,
    parMinutes: drill.parMinutes,
    lines: log.entries.filter(entry => entry.type === 'line-run').length,
    hints,
    hintsLeft: drill.hints.length - hints.length,
    hintCosts: HINT_COSTS,
    causeGives: CAUSE_GIVES,
    named: log.entries.flatMap(entry =>
      entry.type === 'cause-named' ? [{ cause: entry.cause, isRight: entry.isRight }] : [],
    ),
  }
}
