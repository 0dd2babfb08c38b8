import {
  array,
  boolean,
  type GenericSchema,
  integer,
  looseObject,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  record,
  strictTuple,
  string,
  unknown,
} from 'valibot'
import type { SessionEvent } from './types.ts'

// Fields beyond these are let through, so that a journal may gain some without a new format.

const count = pipe(number(), integer(), minValue(0))
const ref = looseObject({ runbook: string(), step: string() })
const texts = array(string())
const effect = picklist(['read', 'change', 'destructive', 'unknown'])
const status = picklist([
  'healthy',
  'resolved',
  'problem-found',
  'escalated',
  'asked',
  'failed',
  'interrupted',
  'left',
])
const evidence = looseObject({
  line: number(),
  column: number(),
  length: number(),
  text: string(),
  rule: string(),
})
const finding = looseObject({
  cause: string(),
  title: string(),
  layer: string(),
  severity: picklist(['error', 'warning', 'info']),
  evidence: array(evidence),
  next: array(ref),
  consequenceOf: optional(string()),
  explains: optional(texts),
})
const verdict = looseObject({
  branch: count,
  status: picklist(['holds', 'fails', 'unknown']),
  because: string(),
  evidence: array(evidence),
})
const machine = looseObject({ target: string(), host: string() })
const run = looseObject({
  runId: string(),
  ref,
  commandId: optional(string()),
  line: string(),
  sealed: optional(string()),
  effect,
  because: string(),
  changes: optional(string()),
  undo: optional(string()),
  savesFor: optional(string()),
  place: optional(string()),
  machine: optional(machine),
  mode: picklist(['batch', 'follow', 'interactive']),
  timeoutMs: optional(number()),
  cwd: optional(string()),
})
const outcome = looseObject({
  kind: picklist(['exited', 'timed-out', 'canceled', 'lost', 'not-started']),
  code: optional(nullable(number())),
})
const body = looseObject({ digest: string(), stderrLines: array(strictTuple([count, count])) })
const ofRun = looseObject({ runId: string() })

/** The shape of a session's header. */
export const headerSchema = looseObject({
  sessionId: string(),
  tool: string(),
  runbook: string(),
  digest: string(),
  origin: optional(string()),
  target: string(),
  host: string(),
  place: optional(string()),
  reach: optional(picklist(['machine', 'cluster'])),
  startedAt: string(),
  readOnly: boolean(),
})

/** What every event carries beside its own fields. */
export const stampSchema = looseObject({ type: string(), seq: pipe(number(), integer()), at: string() })

/** The shape of each event, deep enough that a fold over checked events cannot fail. */
export const eventSchemas: Readonly<Record<SessionEvent['type'], GenericSchema>> = {
  'session-opened': looseObject({ header: headerSchema }),
  'session-resumed': looseObject({ tool: string(), readOnly: optional(boolean()) }),
  'step-entered': looseObject({
    ref,
    reason: picklist(['start', 'jump', 'branch', 'next', 'back', 'forward']),
    cursor: optional(count),
  }),
  'branch-taken': looseObject({ ref, branch: count, recommended: boolean() }),
  'run-requested': looseObject({ run }),
  'approval-asked': looseObject({
    runId: string(),
    wants: string(),
    saving: optional(looseObject({ line: string(), sealed: optional(string()) })),
  }),
  'approval-given': looseObject({ runId: string(), waitsFor: optional(string()) }),
  'approval-refused': ofRun,
  'run-started': ofRun,
  'run-dropped': ofRun,
  'run-finished': looseObject({
    runId: string(),
    outcome,
    totalLines: count,
    totalBytes: count,
    body: optional(body),
    masked: optional(record(string(), count)),
  }),
  'facts-derived': looseObject({
    runId: string(),
    parser: optional(string()),
    facts: record(string(), unknown()),
    lines: record(string(), number()),
    diagnostics: array(unknown()),
  }),
  'findings-derived': looseObject({ runId: string(), findings: array(finding) }),
  'branches-judged': looseObject({
    ref,
    judgement: looseObject({ verdicts: array(verdict), recommended: optional(count) }),
  }),
  'variable-set': looseObject({ name: string(), value: string() }),
  'place-mapped': looseObject({ place: string(), machine }),
  'runbook-trusted': looseObject({ runbook: string(), digest: string(), origin: string() }),
  'note-added': looseObject({ ref, text: string() }),
  'session-closed': looseObject({ status, causes: texts, path: texts }),
}
