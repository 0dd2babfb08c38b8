import type { CapturedOutput } from '../../base/index.ts'
import type { Run } from '../../session/index.ts'
import type { LookFor } from '../../tree/index.ts'
import type { AppServices } from '../services.ts'

/** What a marked line is: a piece of evidence by its severity, or something that the step says to look for. */
export type MarkKind = 'error' | 'warning' | 'info' | 'look-for'

/** A line of an output that means something. `column` counts from 1; `length` 0 means the whole line. */
export type Mark = {
  readonly line: number
  readonly column: number
  readonly length: number
  readonly kind: MarkKind
  /** A sentence for someone who has not met it before. */
  readonly meaning: string
  /** The cause that it speaks for; absent for look-for items. */
  readonly cause: string | undefined
}

/** All kinds of marks, the most serious first. */
export const markKinds: readonly MarkKind[] = ['error', 'warning', 'look-for', 'info']

const evidenceMarks = (run: Run): readonly Mark[] =>
  run.findings.flatMap(finding =>
    finding.evidence
      .filter(piece => piece.line > 0)
      .map(({ line, column, length }) => ({
        line,
        column,
        length,
        kind: finding.severity,
        meaning: finding.meaning === '' ? finding.title : `${finding.title}: ${finding.meaning}`,
        cause: finding.cause,
      })),
  )

/** One mark a line, the most serious; in the order of lines. */
const strongestByLine = (marks: readonly Mark[]): readonly Mark[] => {
  const byLine = new Map<number, Mark>()
  for (const mark of marks) {
    const before = byLine.get(mark.line)
    if (before === undefined || markKinds.indexOf(mark.kind) < markKinds.indexOf(before.kind))
      byLine.set(mark.line, mark)
  }
  return [...byLine.values()].sort((one, other) => one.line - other.line)
}

type Scanned = { upTo: number; readonly marks: Mark[] }

/** What is asked for marks. */
export type MarkQuestion = {
  readonly run: Run
  /** What is in memory of it. */
  readonly output: CapturedOutput
  /** The first line that can be scrolled to. */
  readonly firstShown: number
  readonly lookFor: readonly LookFor[]
}

/** Finds marks; remembers for each run how far its lines were scanned, so that a growing output is scanned once. */
export type MarkFinder = (question: MarkQuestion) => readonly Mark[]

/** A finder of marks that scans look-for items with the given scanner. */
export const createMarkFinder = (scan: AppServices['scanLookFor']): MarkFinder => {
  const scanned = new Map<string, Scanned>()
  return ({ run, output, firstShown, lookFor }) => {
    const known = scanned.get(run.runId) ?? { upTo: 0, marks: [] }
    scanned.set(run.runId, known)
    if (lookFor.length > 0 && output.totalLines > known.upTo) {
      const fresh = output.lines.slice(Math.max(0, known.upTo + 1 - output.firstLine))
      for (const { line, column, length, means } of scan(lookFor, fresh)) {
        known.marks.push({ line, column, length, kind: 'look-for', meaning: means, cause: undefined })
      }
      known.upTo = output.totalLines
    }
    // What memory has let go of is not scanned again when it is read from disk: of its marks the evidence stays.
    const inMemory = known.marks.filter(mark => mark.line >= output.firstLine)
    return strongestByLine([...evidenceMarks(run), ...inMemory]).filter(mark => mark.line >= firstShown)
  }
}
