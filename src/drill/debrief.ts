import type { DrillEntry, DrillLog } from './drill-log.ts'
import { type Score, scoreDrill } from './score.ts'
import type { Drill } from './types.ts'

/** A line of the short path, the causes that its output shows, and whether the trainee ran it too. */
export type ShortStep = { readonly line: string; readonly shows: readonly string[]; readonly wasRun: boolean }

/** What is looked at after a drill: the score, the trainee's path beside the short one, and the evidence that was missed. */
export type Debrief = {
  readonly score: Score
  readonly path: readonly DrillEntry[]
  readonly shortPath: readonly ShortStep[]
  /** Lines of the short path that show an accepted cause, each once, before any line of the trainee did. */
  readonly missedEvidence: readonly string[]
  readonly causes: readonly string[]
}

/** A line of the solution as it was run in a copy of the drill. */
export type SolutionStep = { readonly line: string; readonly shows: readonly string[] }

const withoutBlanks = (line: string): string =>
  line
    .replace(/\bsudo\s+/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Puts the debrief of a finished drill together; `solution` is the solution's lines with what their outputs showed. */
export const debriefDrill = (drill: Drill, log: DrillLog, solution: readonly SolutionStep[]): Debrief => {
  const run = new Set(
    log.entries.flatMap(entry => (entry.type === 'line-run' ? [withoutBlanks(entry.line)] : [])),
  )
  const shortPath = solution.map(({ line, shows }) => ({ line, shows, wasRun: run.has(withoutBlanks(line)) }))
  const isTelling = (shows: readonly string[]): boolean => shows.some(cause => drill.causes.includes(cause))
  const sawIt = log.entries.some(entry => entry.type === 'line-run' && isTelling(entry.shows))
  const telling = shortPath.filter(step => isTelling(step.shows))
  return {
    score: scoreDrill(drill, log),
    path: log.entries,
    shortPath,
    missedEvidence: sawIt ? [] : [...new Set(telling.map(step => step.line))],
    causes: drill.causes,
  }
}
