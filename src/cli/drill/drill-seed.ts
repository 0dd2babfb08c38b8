import { type Invocation, lastValue } from '../command.ts'
import { UserError } from '../user-error.ts'

const HOUR_MS = 3_600_000
/** A Monday morning; seeds move it on by hours, so that times differ from drill to drill. */
const FIRST_MORNING_MS = Date.UTC(2026, 2, 2, 8)

/** What makes one run of a drill differ from another: the seed, and the simulated time at which it begins. */
export type DrillSeed = { readonly seed: number; readonly nowMs: number }

/** The world of a seed always begins at the same moment: the same seed gives the same bytes. */
export const drillSeed = (seed: number): DrillSeed => ({
  seed,
  nowMs: FIRST_MORNING_MS + ((seed * 37) % 1_000) * HOUR_MS,
})

/** The seed of `--seed N`, 1 without; a UserError when it is no whole number. */
export const readSeed = (invocation: Invocation): number => {
  const text = lastValue(invocation, 'seed') ?? '1'
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UserError({
    code: 'E_CLI_SEED',
    message: `--seed ${text} is no whole number.`,
    hint: 'Write --seed N, such as --seed 7.',
  })
}
