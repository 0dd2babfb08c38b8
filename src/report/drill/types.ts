import type { DrillRecord } from '../../drill/index.ts'

/** A cause that counts as found in a drill. */
export type DrillReportCause = {
  readonly id: string
  readonly title: string
  readonly meaning: string
  readonly wasNamed: boolean
}

type EntryBase = DrillRecord['log']['entries'][number]
type Spread<T> = T extends unknown ? Omit<T, 'atMs'> & { readonly afterSeconds: number } : never

/** Something that happened in a drill, with the simulated time since its beginning. */
export type DrillReportEntry = Spread<EntryBase>

/** All that a report tells of a finished drill; the views only lay it out. `finishedAt` is real time, seconds are simulated. */
export type DrillReport = {
  readonly format: 1
  readonly kind: 'drill'
  readonly id: string
  readonly tool: string
  readonly trainee: string
  readonly finishedAt: string
  readonly drill: DrillRecord['drill']
  readonly seed: number
  readonly isTimed: boolean
  readonly isRepaired: boolean
  readonly points: number
  readonly parts: DrillRecord['debrief']['score']['parts']
  readonly seconds: number
  readonly summary: readonly string[]
  readonly causes: readonly DrillReportCause[]
  readonly wrongCauses: readonly string[]
  readonly path: readonly DrillReportEntry[]
  readonly shortPath: DrillRecord['debrief']['shortPath']
  readonly missedEvidence: readonly string[]
  readonly hints: readonly string[]
  readonly harm: readonly string[]
}
