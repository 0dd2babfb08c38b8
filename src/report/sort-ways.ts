import type { ReportStep, ReportWay } from './types.ts'

/** The ways on from a step by what became of them: taken with the reason, ruled out, and left open. */
export type SortedWays = {
  readonly taken: ReportWay | undefined
  readonly ruledOut: readonly string[]
  readonly open: readonly string[]
}

/** Sorts a step's ways for a reader. A way that never was looked at, and a person's choice that was not made, say nothing. */
export const sortWays = ({ ways }: ReportStep): SortedWays => {
  const others = ways.filter(({ taken }) => !taken)
  return {
    taken: ways.find(({ taken }) => taken),
    ruledOut: others.filter(({ status }) => status === 'fails').map(({ label }) => label),
    open: others.filter(wasLeftOpen).map(({ label, because }) => `${label} (${because})`),
  }
}

const silent = ['your choice', 'not looked at', 'nothing has run yet']

/** Tells whether it could not be told if a way applies, though somebody looked. */
export const wasLeftOpen = ({ status, because, taken }: ReportWay): boolean =>
  status === 'unknown' && !taken && !silent.includes(because)
