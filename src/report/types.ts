import type { Layer } from '../base/index.ts'
import type { CloseStatus, LayerState, Run, SessionHeader } from '../session/index.ts'

type EffectKind = Run['effect']

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
  /** The runbook that the step stands in. */
  readonly runbook: string
  readonly step: string
  /** Whether the runbook holds it, or somebody typed it. */
  readonly origin: 'runbook' | 'typed'
  readonly line: string
  readonly effect: EffectKind
  readonly host: string
  readonly startedAt: string
  readonly seconds: number | undefined
  readonly outcome: string
  readonly exit: number | undefined
  readonly lines: number
  /** The end of what it printed; empty where that is no longer kept. */
  readonly output: readonly string[]
  readonly isOutputKept: boolean
  readonly changes: string | undefined
  readonly undo: string | undefined
  /** The run before which this one saved what would have been lost. */
  readonly savesFor: string | undefined
}

/** A piece of evidence and the command that showed it. */
export type ReportEvidence = { readonly text: string; readonly run: string; readonly line: number }

/** A run, and the ISO 8601 instant at which it ended. */
export type Sighting = { readonly run: string; readonly at: string }

/** A cause that was found. */
export type ReportCause = {
  readonly id: string
  readonly title: string
  readonly layer: Layer
  readonly severity: string
  readonly meaning: string
  readonly consequenceOf: string | undefined
  readonly evidence: readonly ReportEvidence[]
  /** The machines whose commands showed it. */
  readonly hosts: readonly string[]
  readonly firstSeen: Sighting | undefined
  readonly lastSeen: Sighting | undefined
  /** The first run that no longer showed it, of a command that had shown it before. */
  readonly goneSince: Sighting | undefined
  /** Steps that go on from here, as `runbook#step`. */
  readonly next: readonly string[]
}

/** When things came about: ISO 8601 instants in UTC, as far as they did. */
export type ReportTimes = {
  readonly seconds: number
  /** When the root cause showed first. */
  readonly firstSign: string | undefined
  readonly firstChange: string | undefined
  readonly lastChange: string | undefined
  /** When the root cause no longer showed. */
  readonly goneSince: string | undefined
}

/** What was masked in the outputs. It is never complete: only known forms are recognised. */
export type ReportRedaction = {
  readonly kinds: Readonly<Record<string, number>>
  readonly complete: false
  readonly note: string
}

/** All that a report tells of a triage; the views only lay it out. Times are ISO 8601 instants in UTC. */
export type Report = {
  readonly format: 1
  readonly kind: 'incident'
  readonly session: Pick<SessionHeader, 'sessionId' | 'tool' | 'target' | 'host' | 'readOnly'>
  readonly runbook: { readonly name: string; readonly title: string }
  readonly startedAt: string
  readonly endedAt: string
  readonly status: CloseStatus | 'open'
  /** What happened, in sentences. */
  readonly summary: readonly string[]
  /** Whom and what it concerns, in sentences. */
  readonly impact: readonly string[]
  readonly times: ReportTimes
  readonly layers: Readonly<Record<Layer, LayerState>>
  /** The id of the cause to act on first. */
  readonly rootCause: string | undefined
  /** Causes before their consequences, the one to act on first. */
  readonly causes: readonly ReportCause[]
  readonly path: readonly ReportStep[]
  readonly runs: readonly ReportRun[]
  /** Runs that did more than read, in the order in which they ran. */
  readonly changes: readonly ReportRun[]
  /** What was asked about and refused. */
  readonly refused: readonly { readonly at: string; readonly host: string; readonly line: string }[]
  readonly unknown: readonly string[]
  readonly handOver: readonly string[]
  readonly notes: readonly { readonly at: string; readonly step: string; readonly text: string }[]
  /** How often secrets of each kind were masked in outputs. */
  readonly masked: Readonly<Record<string, number>>
  readonly redaction: ReportRedaction
}
