import type { ReportStep, ReportWay } from './types.ts'

/** Ways that were ruled out for the same reason. */
export type RuledOut = { readonly because: string; readonly labels: readonly string[] }

/** The ways on from a step by what became of them: taken with the reason, ruled out with theirs, and left open. */
export type SortedWays = {
  readonly taken: ReportWay | undefined
  readonly ruledOut: readonly RuledOut[]
  readonly open: readonly string[]
}

// What is for all other cases was not ruled out by anything of its own.
const OTHER_HOLDS = 'another branch holds'

const reasons: readonly (readonly [RegExp, string])[] = [
  [/^no sign of |^the output does not hold /, 'no sign of it'],
  [/^the collected facts say no/, 'the facts say no'],
]

/** A reason without what differs from way to way: the cause, the pattern. */
const reasonOf = ({ because }: ReportWay): string =>
  reasons.find(([shape]) => shape.test(because))?.[1] ?? because

const groupByReason = (ways: readonly ReportWay[]): readonly RuledOut[] =>
  [...Map.groupBy(ways, reasonOf)].map(([because, group]) => ({
    because,
    labels: group.map(({ label }) => label),
  }))

/** Sorts a step's ways for a reader. A way that never was looked at, and a person's choice that was not made, say nothing. */
export const sortWays = ({ ways }: ReportStep): SortedWays => {
  const others = ways.filter(({ taken }) => !taken)
  return {
    taken: ways.find(({ taken }) => taken),
    ruledOut: groupByReason(
      others.filter(({ status, because }) => status === 'fails' && because !== OTHER_HOLDS),
    ),
    open: others.filter(wasLeftOpen).map(({ label, because }) => `${label} (${because})`),
  }
}

const silent = ['your choice', 'not looked at', 'nothing has run yet']

/** Tells whether it could not be told if a way applies, though somebody looked. */
export const wasLeftOpen = ({ status, because, taken }: ReportWay): boolean =>
  status === 'unknown' && !taken && !silent.includes(because)
