import { curedCauses, type Library, newestFinishedRuns, type Session } from '../../session/index.ts'
import type { RowGoal } from './journal-rows.ts'
import type { Finding } from './nouns.ts'
import { rankFindings } from './step-findings.ts'

/** A finding of the whole session, and the output that shows it. */
export type FoundRow = {
  readonly finding: Finding
  readonly goal: RowGoal
  readonly command: string
  /** Whether a later output shows that it is gone. */
  readonly isGone: boolean
}

const read = new WeakMap<Session, readonly FoundRow[]>()

const readRows = (session: Session, library: Library): readonly FoundRow[] => {
  const gone = curedCauses(session, library)
  const runs = new Map(newestFinishedRuns(session).map(run => [run.runId, run]))
  const all = [...runs.values()].flatMap(({ runId, findings }) =>
    findings.map(finding => ({ finding, runId })),
  )
  const rows = rankFindings(all).flatMap(({ finding, runId }): readonly FoundRow[] => {
    const run = runs.get(runId)
    if (run === undefined) return []
    const line = finding.evidence.find(piece => piece.line > 0)?.line
    const goal = { ref: run.ref, runId, line }
    return [{ finding, goal, command: run.line, isGone: gone.has(finding.cause) }]
  })
  return [...rows.filter(({ isGone }) => !isGone), ...rows.filter(({ isGone }) => isGone)]
}

/** Everything that the newest outputs of all steps show: causes before consequences, errors first, what is gone by now last. */
export const foundRows = (session: Session, library: Library): readonly FoundRow[] => {
  const rows = read.get(session) ?? readRows(session, library)
  read.set(session, rows)
  return rows
}
