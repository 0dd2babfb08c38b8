import type { Layer } from '../base/index.ts'
import type { CloseStatus, LayerState, SessionHeader } from '../session/index.ts'

/** A way on from a step, as it was judged when the step was left. */
export type ReportWay = {
  /** What the runbook says beside the branch. */
  readonly label: string
  readonly to: string
  readonly status: 'holds' | 'fails' | 'unknown'
  readonly because: string
  readonly taken: boolean
}

/** A step on the way, in the order in which it was entered. `at` is an ISO 8601 instant. */
export type ReportStep = {
  readonly at: string
  readonly id: string
  readonly title: string
  readonly layer: Layer | undefined
  readonly reason: string
  readonly ways: readonly ReportWay[]
}

/** A command that was run. `seconds` is `undefined` where its end was never seen. */
export type ReportRun = {
  readonly id: string
  readonly step: string
  readonly line: string
  readonly effect: string
  readonly host: string
  readonly startedAt: string
  readonly seconds: number | undefined
  readonly outcome: string
  readonly exit: number | undefined
  readonly lines: number
  /** The end of what it printed. */
  readonly output: readonly string[]
  readonly changes: string | undefined
  readonly undo: string | undefined
}

/** A piece of evidence and the command that showed it. */
export type ReportEvidence = { readonly text: string; readonly run: string; readonly line: number }

/** A cause that was found. */
export type ReportCause = {
  readonly id: string
  readonly title: string
  readonly layer: Layer
  readonly severity: string
  readonly meaning: string
  readonly consequenceOf: string | undefined
  readonly evidence: readonly ReportEvidence[]
}

/** All that a report tells of a session; the views only lay it out. Times are ISO 8601 instants in UTC. */
export type Report = {
  readonly format: 1
  readonly session: Pick<SessionHeader, 'sessionId' | 'tool' | 'target' | 'host' | 'readOnly'>
  readonly runbook: { readonly name: string; readonly title: string }
  readonly startedAt: string
  readonly endedAt: string
  readonly status: CloseStatus | 'open'
  /** What happened, in sentences. */
  readonly summary: readonly string[]
  readonly layers: Readonly<Record<Layer, LayerState>>
  /** Causes before their consequences, the one to act on first. */
  readonly causes: readonly ReportCause[]
  readonly path: readonly ReportStep[]
  readonly runs: readonly ReportRun[]
  /** Runs that did more than read. */
  readonly changes: readonly ReportRun[]
  readonly unknown: readonly string[]
  readonly handOver: readonly string[]
  readonly notes: readonly { readonly at: string; readonly step: string; readonly text: string }[]
  /** How often secrets of each kind were masked in outputs. */
  readonly masked: Readonly<Record<string, number>>
}
