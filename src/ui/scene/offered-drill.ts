import type { DrillEntry } from '../drill-port.ts'
import type { HomeEntry } from './home-entries.ts'

/** The drill to do next: the first that was not finished yet; once all were, the one with the lowest score. */
export const offeredDrill = (drills: readonly DrillEntry[]): DrillEntry | undefined =>
  drills.find(drill => drill.best === undefined) ??
  drills.reduce<DrillEntry | undefined>(
    (lowest, drill) => (lowest === undefined || (drill.best ?? 0) < (lowest.best ?? 0) ? drill : lowest),
    undefined,
  )

/** The drill that the entries of the home screen offer. */
export const offeredOf = (entries: readonly HomeEntry[]): DrillEntry | undefined =>
  entries.flatMap(entry => (entry.kind === 'drill' && entry.isOffered ? [entry.drill] : []))[0]
