import type { CapturedOutput, Outcome, OutputLine, StepRef } from '../../src/base/index.ts'
import type { SessionStore, Snapshot } from '../../src/runtime/index.ts'
import {
  type DecideContext,
  decide,
  emptySession,
  evolve,
  type Intent,
  type Refusal,
  type Run,
  type Session,
  type SessionEvent,
  type SessionHeader,
  type StampedEvent,
} from '../../src/session/index.ts'

/** A store over the real rules of sessions whose commands never run: a test prints and ends them. */
export type FakeStore = SessionStore & {
  readonly print: (runId: string, text: string) => void
  readonly end: (runId: string, outcome?: Outcome) => void
  /** Runs that were started and not ended, oldest first, with their lines. */
  readonly running: () => readonly Run[]
  readonly notice: (text: string) => void
}

/** What a fake store is made with. `now` gives milliseconds since the epoch. */
export type FakeStoreParts = {
  readonly context: DecideContext
  readonly at: StepRef
  readonly now: () => number
  readonly readOnly?: true
  readonly header?: Partial<SessionHeader>
  /** Called for each command that starts. */
  readonly onStart?: (store: FakeStore, runId: string, line: string) => void
}

const nothing: CapturedOutput = { firstLine: 1, lines: [], totalLines: 0, totalBytes: 0 }

const appended = (before: CapturedOutput, text: string): CapturedOutput => {
  const added = text.split('\n').map(
    (line, at): OutputLine => ({
      number: before.totalLines + at + 1,
      stream: 'stdout',
      text: line,
    }),
  )
  return {
    ...before,
    lines: [...before.lines, ...added],
    totalLines: before.totalLines + added.length,
    totalBytes: before.totalBytes + text.length,
  }
}

const headerFor = ({ at, now, readOnly, header }: FakeStoreParts): SessionHeader => ({
  sessionId: '20261121-101500-a1b2',
  tool: 'runtree 0.1.0',
  runbook: at.runbook,
  digest: 'made-up',
  target: 'local',
  host: 'worker-2',
  startedAt: new Date(now()).toISOString(),
  readOnly: readOnly === true,
  ...header,
})

/** A fake store with its session begun. */
export const createFakeStore = (parts: FakeStoreParts): FakeStore => {
  const { context, now } = parts
  const listeners = new Set<() => void>()
  const outputs = new Map<string, CapturedOutput>()
  const notices: string[] = []
  let session: Session = emptySession
  let history: readonly StampedEvent[] = []
  let snapshot: Snapshot | undefined
  let outputVersion = 0

  const changed = (): void => {
    snapshot = undefined
    for (const listener of listeners) listener()
  }
  const append = (events: readonly SessionEvent[]): void => {
    for (const event of events) {
      const stamped = { ...event, seq: session.seq + 1, at: new Date(now()).toISOString() }
      history = [...history, stamped]
      session = evolve(session, stamped)
    }
  }
  const dispatch = (intent: Intent): Refusal | undefined => {
    const decision = decide({ session, intent, context: { ...context, outputOf: id => outputs.get(id) } })
    if (decision.kind === 'refused') return decision.refusal
    append(decision.events)
    changed()
    for (const effect of decision.effects) {
      if (effect.type === 'keep-secret') continue
      const line = session.runs.get(effect.runId)?.line ?? ''
      if (effect.type === 'start-run') parts.onStart?.(store, effect.runId, line)
      else store.end(effect.runId, { kind: 'canceled' })
    }
    return undefined
  }
  const store: FakeStore = {
    getSnapshot: () => {
      snapshot ??= { session, outputVersion, notices: [...notices] }
      return snapshot
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispatch,
    outputOf: runId => outputs.get(runId) ?? nothing,
    wholeOutputOf: () => undefined,
    onEvent: () => () => undefined,
    settled: async () => undefined,
    close: async status => {
      if (session.closed === undefined) dispatch({ type: 'close', status })
    },
    events: () => history,
    journalPath: '/var/lib/runtree/journal.jsonl',
    print: (runId, text) => {
      outputs.set(runId, appended(outputs.get(runId) ?? nothing, text))
      outputVersion++
      changed()
    },
    end: (runId, outcome = { kind: 'exited', code: 0 }) => {
      dispatch({
        type: 'report-outcome',
        runId,
        outcome,
        output: outputs.get(runId) ?? nothing,
        body: undefined,
      })
    },
    running: () => [...session.runs.values()].filter(run => run.phase === 'running'),
    notify: () => undefined,
    notice: text => {
      notices.push(text)
      changed()
    },
  }
  dispatch({ type: 'begin', header: headerFor(parts), at: parts.at })
  return store
}
