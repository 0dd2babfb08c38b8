import { curedCauses, type Library, newestFinishedRuns, type Run, type Session } from '../../session/index.ts'
import type { RowGoal } from './journal-rows.ts'
import type { Finding } from './nouns.ts'
import { groupFindings, type ShownFinding } from './step-findings.ts'

/** A cause that was found in the session, or one of several outputs that show it, and where that leads. */
export type FoundRow = {
  readonly finding: Finding
  readonly goal: RowGoal
  readonly command: string
  /** Whether a later output shows that it is gone. */
  readonly isGone: boolean
  /** How many outputs show the cause; `undefined` for one of these outputs, which stand below their cause. */
  readonly outputs: number | undefined
}

const read = new WeakMap<Session, readonly FoundRow[]>()

type Read = { readonly runs: ReadonlyMap<string, Run>; readonly gone: ReadonlySet<string> }

const rowOf = ({ finding, runId }: ShownFinding, { runs, gone }: Read): readonly FoundRow[] => {
  const run = runs.get(runId)
  if (run === undefined) return []
  const line = finding.evidence.find(piece => piece.line > 0)?.line
  const goal = { ref: run.ref, runId, line }
  return [{ finding, goal, command: run.line, isGone: gone.has(finding.cause), outputs: undefined }]
}

const readRows = (session: Session, library: Library): readonly FoundRow[] => {
  const runs = new Map(newestFinishedRuns(session).map(run => [run.runId, run]))
  const from: Read = { runs, gone: curedCauses(session, library) }
  const all = [...runs.values()].flatMap(({ runId, findings }) =>
    findings.map(finding => ({ finding, runId })),
  )
  const rows = groupFindings(all).flatMap((shown): readonly FoundRow[] => {
    const outputs = shown.flatMap(each => rowOf(each, from))
    const cause = outputs.slice(0, 1).map(row => ({ ...row, outputs: outputs.length }))
    return outputs.length > 1 ? [...cause, ...outputs] : cause
  })
  return [...rows.filter(({ isGone }) => !isGone), ...rows.filter(({ isGone }) => isGone)]
}

/**
 * Everything that the newest outputs of all steps show: causes before consequences, errors first, what is gone by now last. Below a
 * cause that several outputs show stand these.
 */
export const foundRows = (session: Session, library: Library): readonly FoundRow[] => {
  const rows = read.get(session) ?? readRows(session, library)
  read.set(session, rows)
  return rows
}
