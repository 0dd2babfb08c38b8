import type { Run, RunRequest } from './run.ts'
import type { SetEntry } from './set-entry.ts'
import type { Session, SessionEvent, StampedEvent } from './types.ts'

type OtherEvent =
  | 'session-opened'
  | 'session-resumed'
  | 'step-entered'
  | 'branch-taken'
  | 'branches-judged'
  | 'variable-set'
  | 'place-mapped'
  | 'runbook-trusted'
  | 'note-added'
  | 'session-closed'

type RunEvent = Exclude<SessionEvent, { type: OtherEvent }> & Pick<StampedEvent, 'at'>
type Request = Extract<RunEvent, { type: 'run-requested' }>
type Change = Exclude<RunEvent, Request>

const newRun = (request: RunRequest, visit: number): Run => ({
  ...request,
  phase: 'queued',
  visit,
  startedAt: undefined,
  finishedAt: undefined,
  outcome: undefined,
  totalLines: 0,
  totalBytes: 0,
  body: undefined,
  parser: undefined,
  facts: {},
  factLines: new Map(),
  diagnostics: [],
  findings: [],
})

/** What an event changes of its run. */
const changesOf = (event: Change): Partial<Run> => {
  switch (event.type) {
    case 'approval-asked':
      return { phase: 'awaiting-approval' }
    case 'approval-given':
      return { phase: 'queued', waitsFor: event.waitsFor }
    case 'approval-refused':
      return { phase: 'dropped' }
    case 'run-dropped':
      return { phase: 'dropped', droppedBecause: event.because }
    case 'run-started':
      return { phase: 'running', startedAt: event.at }
    case 'run-finished': {
      const { outcome, totalLines, totalBytes, body, masked, at } = event
      const kept = masked === undefined ? {} : { masked }
      return { phase: 'finished', finishedAt: at, outcome, totalLines, totalBytes, body, ...kept }
    }
    case 'facts-derived': {
      const { parser, facts, lines, diagnostics } = event
      return { parser, facts, factLines: new Map(Object.entries(lines)), diagnostics }
    }
    case 'findings-derived':
      return { findings: event.findings }
  }
}

const approvalAfter = (session: Session, event: Change): Session['approval'] => {
  if (event.type === 'approval-asked') return { runId: event.runId, wants: event.wants, saving: event.saving }
  const answered = session.approval?.runId === event.runId && changesOf(event).phase !== undefined
  return answered ? undefined : session.approval
}

/** The session after something happened to a run. */
export const evolveRun = (session: Session, event: RunEvent, setEntry: SetEntry): Session => {
  const withRun = (run: Run): Session => ({ ...session, runs: setEntry(session.runs, run.runId, run) })
  if (event.type === 'run-requested') return withRun(newRun(event.run, session.path.length - 1))
  const run = session.runs.get(event.runId)
  if (run === undefined) return session
  return { ...withRun({ ...run, ...changesOf(event) }), approval: approvalAfter(session, event) }
}
