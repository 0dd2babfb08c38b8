import { type Spread, spreadOf } from './interleave.ts'

/** What a piece of work took: on the clock, and of the processor. */
export type Cost = { readonly wallMs: number; readonly cpuMs: number }

/** Does a piece of work and gives what it took. */
export const costOf = async (work: () => unknown): Promise<Cost> => {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { wallMs, cpuMs: (user + system) / 1_000 }
}

/** The figure that a share of some figures, from 0 to 1, does not exceed. */
export const quantile = (figures: readonly number[], share: number): number =>
  figures.toSorted((a, b) => a - b)[Math.ceil(share * figures.length) - 1] ?? Number.NaN

/** The costs that a share of each round's works does not exceed, over all rounds. */
export const spreadAt = (
  rounds: readonly (readonly Cost[])[],
  share: number,
): Readonly<Record<keyof Cost, Spread>> => {
  const over = (read: (cost: Cost) => number): Spread =>
    spreadOf(rounds.map(costs => quantile(costs.map(read), share)))
  return { wallMs: over(({ wallMs }) => wallMs), cpuMs: over(({ cpuMs }) => cpuMs) }
}
