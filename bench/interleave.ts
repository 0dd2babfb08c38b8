/** One side of a comparison: `run` does the work once and gives how long it took, in milliseconds. */
export type Contender = () => number | Promise<number>

/** The smallest, the middle and the largest of several figures. */
export type Spread = { readonly min: number; readonly median: number; readonly max: number }

/** What came out of a comparison. Each ratio is of two runs that followed each other. */
export type Comparison = {
  readonly subjectMs: Spread
  readonly baselineMs: Spread
  readonly ratio: Spread
}

/** What to compare, and how many pairs of runs to take. */
export type ComparisonPlan = {
  readonly subject: Contender
  readonly baseline: Contender
  readonly rounds: number
}

/** The spread of figures, of which there must be at least one. */
export const spreadOf = (figures: readonly number[]): Spread => {
  const sorted = figures.toSorted((a, b) => a - b)
  const at = (index: number): number => sorted[index] ?? Number.NaN
  return { min: at(0), median: at(Math.floor(sorted.length / 2)), max: at(sorted.length - 1) }
}

/**
 * Runs two contenders in turn, so that whatever else the machine does strikes both alike; who goes first changes from round to round.
 * One round before the first is not counted: it fills the caches.
 */
export const interleave = async ({ subject, baseline, rounds }: ComparisonPlan): Promise<Comparison> => {
  const subjectMs: number[] = []
  const baselineMs: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const order = round % 2 === 0 ? [subject, baseline] : [baseline, subject]
    const took = new Map<Contender, number>()
    for (const contender of order) took.set(contender, await contender())
    if (round === 0) continue
    subjectMs.push(took.get(subject) ?? Number.NaN)
    baselineMs.push(took.get(baseline) ?? Number.NaN)
  }
  return {
    subjectMs: spreadOf(subjectMs),
    baselineMs: spreadOf(baselineMs),
    ratio: spreadOf(subjectMs.map((ms, index) => ms / (baselineMs[index] ?? Number.NaN))),
  }
}

/** A spread as text, min/median/max. */
export const presentSpread = ({ min, median, max }: Spread, digits = 2): string =>
  [min, median, max].map(figure => figure.toFixed(digits)).join('/')
