import type { Spread } from './interleave.ts'

/** One measured figure over the rounds of a benchmark. `limit` bounds its median, or its largest value; `parts` are what it was made from. */
export type Figure = {
  readonly name: string
  readonly unit: 'x' | 'ms' | 'MB' | '%'
  readonly spread: Spread
  readonly limit?: number
  readonly bound?: 'max'
  readonly parts?: Readonly<Record<string, Spread>>
}

/** What a benchmark gives: its figures, and what could not be measured here, in a sentence each. */
export type Report = { readonly figures: readonly Figure[]; readonly skipped: readonly string[] }

/** Everything, or what ends within about a minute. */
export type Form = 'whole' | 'short'

/** A benchmark. `rounds` is how often it measures unless another number is asked for; without `shortRounds` the short form leaves it out. */
export type Benchmark = {
  readonly rounds: number
  readonly shortRounds?: number
  readonly run: (rounds: number, form: Form) => Report | Promise<Report>
}
