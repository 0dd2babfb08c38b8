import {
  foundCauses,
  judgementOf,
  type Library,
  layerStates,
  type Session,
  type SessionHeader,
  type StampedEvent,
} from '../session/index.ts'
import { reportPath } from './report-path.ts'
import { type OutputOf, reportCauses, reportRuns } from './report-runs.ts'
import { wasLeftOpen } from './sort-ways.ts'
import type { Report, ReportCause, ReportRun, ReportStep } from './types.ts'

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

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`

const endings: Readonly<Record<Report['status'], string>> = {
  healthy: 'Everything that was looked at is healthy.',
  resolved: 'The problem is resolved.',
  'problem-found': 'A problem was found; the session ended before it was repaired.',
  escalated: 'The runbook leads to escalation.',
  asked: 'It stopped where a person has to decide.',
  failed: 'The target could not be looked at.',
  interrupted: 'It was interrupted.',
  left: 'It was left before an end was reached.',
  open: 'It is still open.',
}

type Found = { readonly causes: readonly ReportCause[]; readonly runs: readonly ReportRun[] }

const summarise = (source: ReportSource, { causes, runs }: Found): readonly string[] => {
  const { header, session } = source
  const changes = runs.filter(({ effect }) => effect !== 'read')
  const [first, ...others] = causes.filter(({ consequenceOf }) => consequenceOf === undefined)
  return [
    endings[session.closed ?? 'open'],
    first === undefined
      ? 'No known cause showed in the outputs.'
      : `Root cause, by what the outputs show: ${first.title} (${first.id}, ${first.layer}).`,
    ...(others.length === 0 ? [] : [`Also found: ${others.map(({ title }) => title).join('; ')}.`]),
    `${count(session.path.length, 'step')} and ${count(runs.length, 'command')} on ${header.host}; ${
      changes.length === 0 ? 'nothing was changed' : `${count(changes.length, 'command')} changed something`
    }.`,
    ...(source.remarks ?? []),
  ]
}

const unknownOf = (path: readonly ReportStep[], runs: readonly ReportRun[]): readonly string[] => [
  ...runs
    .filter(({ exit }) => exit === undefined)
    .map(({ line, outcome }) => `What "${line}" would have shown: ${outcome}.`),
  ...path.flatMap(({ title, ways }) =>
    ways
      .filter(wasLeftOpen)
      .map(({ label, because }) => `${title}: whether "${label}" applies (${because}).`),
  ),
]

const handOverOf = (source: ReportSource, causes: readonly ReportCause[], changes: readonly ReportRun[]) => {
  const { header, session } = source
  const { current } = session
  const recommended = judgementOf(session)?.recommended
  return [
    `Session ${header.sessionId} on target ${header.target}: "runtree resume ${header.sessionId}" goes on with it.`,
    ...(current === undefined ? [] : [`It stands at ${current.runbook}#${current.step}.`]),
    ...(recommended === undefined ? [] : [`There the outputs recommend way ${recommended + 1}.`]),
    ...causes.slice(0, 3).map(({ title, meaning }) => `${title}: ${meaning}`),
    ...changes.map(
      ({ line, host, undo }) => `Changed on ${host}: ${line}${undo ? `. To undo: ${undo}` : ''}`,
    ),
  ]
}

const maskedOf = ({ runs }: Session): Readonly<Record<string, number>> => {
  const sums = new Map<string, number>()
  for (const { masked = {} } of runs.values())
    for (const [kind, times] of Object.entries(masked)) sums.set(kind, (sums.get(kind) ?? 0) + times)
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Draws up all that is to be told of a session. Pure: the same journal gives the same report. */
export const composeReport = (source: ReportSource): Report => {
  const { header, events, session, library, outputOf } = source
  const { sessionId, tool, target, host, readOnly } = header
  const runs = reportRuns(session, outputOf)
  const causes = reportCauses(session, foundCauses(session))
  const path = reportPath(events, library)
  const changes = runs.filter(({ effect }) => effect !== 'read')
  return {
    format: 1,
    session: { sessionId, tool, target, host, readOnly },
    runbook: { name: header.runbook, title: library.trees.get(header.runbook)?.title ?? header.runbook },
    startedAt: header.startedAt,
    endedAt: events.at(-1)?.at ?? header.startedAt,
    status: session.closed ?? 'open',
    summary: summarise(source, { causes, runs }),
    layers: layerStates(session, library),
    causes,
    path,
    runs,
    changes,
    unknown: [...new Set(unknownOf(path, runs))],
    handOver: handOverOf(source, causes, changes),
    notes: session.notes.map(({ at, ref, text }) => ({ at, step: ref.step, text })),
    masked: maskedOf(session),
  }
}
