import type { CapturedOutput, Condition, Destination, Outcome, StepRef } from '../../src/base/index.ts'
import { compileKnowledge, parseCauses } from '../../src/diagnosis/index.ts'
import { parsers } from '../../src/facts/index.ts'
import {
  type DecideContext,
  type Decision,
  decide,
  emptySession,
  evolve,
  type Intent,
  type Session,
  type SessionEvent,
  type SessionHeader,
  type StampedEvent,
} from '../../src/session/index.ts'
import type { Branch, Step, StepCommand, Tree } from '../../src/tree/index.ts'

const span = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

/** A command of a step, its placeholders found by their angle brackets. */
export const command = (id: string, run: string, rest: Partial<StepCommand> = {}): StepCommand => ({
  id,
  run,
  caption: undefined,
  place: undefined,
  block: 0,
  mode: undefined,
  timeoutMs: undefined,
  cwd: undefined,
  declaredEffect: undefined,
  optional: false,
  excludeFromRunAll: false,
  placeholders: [...run.matchAll(/<([a-z]+-[a-z]+)>/g)].map(([text, name]) => ({ text, name: name ?? text })),
  sample: undefined,
  span,
  ...rest,
})

/** A step, leading nowhere unless told so. */
export const step = (id: string, rest: Partial<Step> = {}): Step => ({
  id,
  title: id,
  number: undefined,
  level: 2,
  parent: undefined,
  children: [],
  layer: undefined,
  span,
  explanation: '',
  commands: [],
  lookFor: [],
  branches: [],
  links: [],
  next: undefined,
  ...rest,
})

/** A branch to a step of the same runbook (`x`), of another one (`other#x`), or to an end (`resolved`, `escalate`). */
export const branch = (condition: Condition, to: string): Branch => ({
  condition,
  when: condition.kind,
  label: '',
  to: destination(to),
  line: 1,
})

const destination = (to: string): Destination => {
  if (to === 'resolved' || to === 'escalate') return { kind: to }
  const [runbook = '', name] = to.includes('#') ? to.split('#') : ['node', to]
  return { kind: 'step', ref: { runbook, step: name ?? '' } }
}

/** A runbook of steps in document order. */
export const tree = (name: string, steps: readonly Step[], rest: Partial<Tree> = {}): Tree => {
  const inOrder = steps.map((one, index) => ({ ...one, next: steps[index + 1]?.id }))
  return {
    name,
    title: name,
    summary: undefined,
    digest: 'd1',
    start: steps[0]?.id,
    symptoms: [],
    variables: [],
    requires: [],
    steps: inOrder,
    stepById: new Map(inOrder.map(one => [one.id, one])),
    ...rest,
  }
}

const causes = `
causes:
  - id: disk-full
    title: A filesystem is full
    layer: infra
    meaning: Nothing can be written there.
    conditions:
      - each: filesystems
        when: it.usePercent >= 90
        says: "{mount} is {usePercent} % full"
        severity: error
  - id: clock-step
    title: The clock jumped
    layer: node
    meaning: Certificates may look expired.
    patterns:
      - match: clock jumped
        severity: warning
  - id: cert-expired
    title: A certificate is past its end
    layer: control-plane
    meaning: Connections that rely on it are refused.
    conditions:
      - each: certificates
        when: has(it.notAfter) && it.notAfter < now
        says: "{name} ended {notAfter}"
        severity: error
`

/** Knowledge of three causes: `disk-full` (from df), `clock-step` (the words "clock jumped") and `cert-expired` (by the time of the run). */
export const knowledge = compileKnowledge(parseCauses({ name: 'kit', text: causes }).causes)
if (knowledge.causes.size < 3) throw new Error('the causes of the kit are not right')

/** What a decision rests on, for the given runbooks. */
export const contextOf = (...trees: readonly Tree[]): DecideContext => ({
  library: { trees: new Map(trees.map(one => [one.name, one])) },
  parsers,
  knowledge,
  defaultTimeoutMs: 30_000,
})

export const header: SessionHeader = {
  sessionId: '2026-11-21T10-20-30-abcd',
  tool: 'runtree 0.1.0',
  runbook: 'node',
  digest: 'd1',
  target: 'local',
  host: 'worker-2',
  startedAt: '2026-11-21T10:20:30.000Z',
  readOnly: false,
}

/** An output as it would be captured. */
export const printed = (text: string): CapturedOutput => {
  const lines = text.split('\n').filter(line => line !== '')
  return {
    firstLine: 1,
    lines: lines.map((line, index) => ({ number: index + 1, stream: 'stdout' as const, text: line })),
    totalLines: lines.length,
    totalBytes: text.length,
  }
}

export const dfOutput = (usePercent: number): string => `Filesystem      Size  Used Avail Use% Mounted on
/dev/vda1        50G   45G    5G  ${usePercent}% /
`

export const exited = (code: number): Outcome => ({ kind: 'exited', code })

/** A session that is played by hand. */
export type Play = {
  readonly session: () => Session
  readonly events: () => readonly StampedEvent[]
  /** Types of the events so far, from the given number on. */
  readonly typesSince: (seq: number) => readonly string[]
  readonly attempt: (intent: Intent) => Decision
  /** Follows an intent that must be accepted. */
  readonly go: (intent: Intent) => readonly SessionEvent[]
  /** The code with which an intent is refused. */
  readonly refusalOf: (intent: Intent) => string | undefined
  /** Ends the run that is under way. */
  readonly finish: (text: string, outcome?: Outcome) => readonly SessionEvent[]
}

const at = '2026-11-21T10:20:31.000Z'

/** A session before `begin`. Outputs are kept as a store would keep them. */
export const rehearse = (context: DecideContext): Play => {
  let session: Session = emptySession
  const events: StampedEvent[] = []
  const outputs = new Map<string, CapturedOutput>()
  const asked = { ...context, outputOf: (runId: string) => outputs.get(runId) }

  const attempt = (intent: Intent): Decision => {
    const decision = decide({ session, intent, context: asked })
    if (decision.kind === 'refused') return decision
    for (const event of decision.events) {
      const stamped = { ...event, seq: session.seq + 1, at }
      events.push(stamped)
      session = evolve(session, stamped)
    }
    return decision
  }
  const go = (intent: Intent): readonly SessionEvent[] => {
    const decision = attempt(intent)
    if (decision.kind === 'refused') throw new Error(`${intent.type}: ${decision.refusal.text}`)
    return decision.events
  }
  const finish = (text: string, outcome: Outcome = exited(0)): readonly SessionEvent[] => {
    const runId = [...session.runs.values()].find(run => run.phase === 'running')?.runId ?? 'none'
    const output = printed(text)
    outputs.set(runId, output)
    return go({ type: 'report-outcome', runId, outcome, output, body: undefined, at })
  }
  return {
    session: () => session,
    events: () => events,
    typesSince: seq => events.filter(event => event.seq > seq).map(({ type }) => type),
    attempt,
    go,
    finish,
    refusalOf: intent => {
      const decision = attempt(intent)
      return decision.kind === 'refused' ? decision.refusal.code : undefined
    },
  }
}

/** A step of the runbook `node`. */
export const ref = (id: string, runbook = 'node'): StepRef => ({ runbook, step: id })

/** A session that stands on its first step. */
export const begun = (context: DecideContext, start: string, head: Partial<SessionHeader> = {}): Play => {
  const play = rehearse(context)
  play.go({ type: 'begin', header: { ...header, ...head }, at: ref(start) })
  return play
}
