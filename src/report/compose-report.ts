import {
  type Library,
  layerStates,
  type Session,
  type SessionHeader,
  type StampedEvent,
} from '../session/index.ts'
import { presentMasked } from './present-masked.ts'
import { reportCauses } from './report-causes.ts'
import { reportHandOver } from './report-hand-over.ts'
import { reportImpact } from './report-impact.ts'
import { reportPath } from './report-path.ts'
import { hostOf, type OutputOf, reportRuns } from './report-runs.ts'
import { reportSummary } from './report-summary.ts'
import { reportTimes } from './report-times.ts'
import { reportUnknown } from './report-unknown.ts'
import type { Report, ReportRun } from './types.ts'

/** What a report is made of: the journal, the session that it folds to, the runbooks, and the outputs as far as they are kept. */
export type ReportSource = {
  readonly header: SessionHeader
  readonly events: readonly StampedEvent[]
  readonly session: Session
  readonly library: Library
  readonly outputOf: OutputOf
  /** What else is to be known of the session, such as outputs that are no longer kept; in sentences. */
  readonly remarks?: readonly string[]
}

const maskedOf = ({ runs }: Session): Readonly<Record<string, number>> => {
  const sums = new Map<string, number>()
  for (const { masked = {} } of runs.values())
    for (const [kind, times] of Object.entries(masked)) sums.set(kind, (sums.get(kind) ?? 0) + times)
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const refusedIn = ({ events, session }: ReportSource): Report['refused'] =>
  events.flatMap(event => {
    const run = event.type === 'approval-refused' ? session.runs.get(event.runId) : undefined
    return run === undefined ? [] : [{ at: event.at, host: hostOf(run, session), line: run.line }]
  })

// What saves was asked for after what it saves from, and ran before it.
const changesIn = (runs: readonly ReportRun[]): readonly ReportRun[] =>
  runs
    .filter(({ effect }) => effect !== 'read')
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))

/** Draws up all that is to be told of a session. Pure: the same journal gives the same report. */
export const composeReport = (source: ReportSource): Report => {
  const { header, events, session, library, outputOf, remarks = [] } = source
  const { sessionId, tool, target, host, readOnly } = header
  const runs = reportRuns(session, outputOf)
  const causes = reportCauses(session)
  const path = reportPath(events, library)
  const changes = changesIn(runs)
  const layers = layerStates(session, library)
  const unknown = reportUnknown(session, path, runs)
  const status = session.closed ?? 'open'
  const span = { startedAt: header.startedAt, endedAt: events.at(-1)?.at ?? header.startedAt }
  const masked = maskedOf(session)
  return {
    format: 1,
    kind: 'incident',
    session: { sessionId, tool, target, host, readOnly },
    runbook: { name: header.runbook, title: library.trees.get(header.runbook)?.title ?? header.runbook },
    ...span,
    status,
    summary: [...reportSummary({ status, host, steps: path.length, causes, runs, changes }), ...remarks],
    impact: reportImpact(causes, layers),
    times: reportTimes(span, causes, changes),
    layers,
    rootCause: causes[0]?.id,
    causes,
    path,
    runs,
    changes,
    refused: refusedIn(source),
    unknown,
    handOver: reportHandOver({ header, session, library, causes, changes, unknown }),
    notes: session.notes.map(({ at, ref, text }) => ({ at, step: ref.step, text })),
    masked,
    redaction: { kinds: masked, complete: false, note: presentMasked(masked) },
  }
}
