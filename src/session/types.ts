import type { CapturedOutput, Diagnostic, Layer, Outcome, Place, StepRef } from '../base/index.ts'
import type { Finding, Judgement, Knowledge } from '../diagnosis/index.ts'
import type { Facts, Parser } from '../facts/index.ts'
import type { Tree } from '../tree/index.ts'
import type { Analysis } from './analyse-output.ts'
import type { Machine, SessionHeader } from './header.ts'
import type { Body, PendingApproval, Run, RunRequest, SavingRun } from './run.ts'

/** How a session ended. */
export type CloseStatus =
  | 'healthy'
  | 'resolved'
  | 'problem-found'
  | 'escalated'
  | 'asked'
  | 'failed'
  | 'interrupted'
  | 'left'

/** Why a step was entered. */
export type EntryReason = 'start' | 'jump' | 'branch' | 'next' | 'back' | 'forward'

/** What someone, or the runtime on behalf of a command, wants to happen. */
export type Intent =
  | { readonly type: 'begin'; readonly header: SessionHeader; readonly at: StepRef }
  /** Goes on with an earlier session, closed or cut off; `tool` as in the header. From `readOnly` on, only reads are run. */
  | { readonly type: 'resume'; readonly tool: string; readonly readOnly?: true }
  | { readonly type: 'enter-step'; readonly ref: StepRef }
  | { readonly type: 'take-branch'; readonly branch: number }
  | { readonly type: 'take-recommended' }
  | { readonly type: 'go-next' }
  | { readonly type: 'go-back' }
  | { readonly type: 'go-forward' }
  | { readonly type: 'go-to-last-branch' }
  | { readonly type: 'run-command'; readonly commandId: string; readonly editedLine?: string }
  | { readonly type: 'run-reads' }
  | { readonly type: 'run-ad-hoc'; readonly line: string }
  | { readonly type: 'answer-approval'; readonly answer: string }
  | { readonly type: 'cancel-run' }
  /** `isSecret` where the value looks like a secret, whatever its variable is said to be. */
  | { readonly type: 'set-variable'; readonly name: string; readonly value: string; readonly isSecret?: true }
  /** Says where the commands of a place run from now on. */
  | { readonly type: 'map-place'; readonly place: Place; readonly machine: Machine }
  /** Says that the commands of a runbook from outside may be run. */
  | { readonly type: 'trust-runbook'; readonly runbook: string }
  | { readonly type: 'add-note'; readonly text: string }
  | {
      readonly type: 'report-outcome'
      readonly runId: string
      readonly outcome: Outcome
      readonly output: CapturedOutput
      readonly body: Body | undefined
      /** How often secrets of each kind were masked in the output. */
      readonly masked?: Readonly<Record<string, number>>
      /** When it ended: what is past its date is judged by this. */
      readonly at?: string
      /** What the output says, where that was worked out already; else it is worked out here. */
      readonly analysis?: Analysis
    }
  | { readonly type: 'close'; readonly status: CloseStatus }

/** Something that happened. Journaled; `evolve` folds them. */
export type SessionEvent =
  | { readonly type: 'session-opened'; readonly header: SessionHeader }
  | { readonly type: 'session-resumed'; readonly tool: string; readonly readOnly?: true }
  | {
      readonly type: 'step-entered'
      readonly ref: StepRef
      readonly reason: EntryReason
      /** With `back` and `forward`: which stop of the trail this is. */
      readonly cursor?: number
    }
  | {
      readonly type: 'branch-taken'
      readonly ref: StepRef
      readonly branch: number
      readonly recommended: boolean
    }
  | { readonly type: 'run-requested'; readonly run: RunRequest }
  | {
      readonly type: 'approval-asked'
      readonly runId: string
      readonly wants: string
      /** Runs first, when the approval is given. */
      readonly saving?: SavingRun
    }
  | {
      readonly type: 'approval-given'
      readonly runId: string
      /** What was typed. */
      readonly answer: string
      /** The run that saves; this one only starts when that has ended well. */
      readonly waitsFor?: string
    }
  | { readonly type: 'approval-refused'; readonly runId: string; readonly answer?: string }
  | { readonly type: 'run-started'; readonly runId: string }
  /** Will not run; for a run that had started: how it ended was never seen. */
  | { readonly type: 'run-dropped'; readonly runId: string; readonly because?: string }
  | {
      readonly type: 'run-finished'
      readonly runId: string
      readonly outcome: Outcome
      readonly totalLines: number
      readonly totalBytes: number
      readonly body: Body | undefined
      readonly masked?: Readonly<Record<string, number>>
    }
  | {
      readonly type: 'facts-derived'
      readonly runId: string
      readonly parser: string | undefined
      readonly facts: Facts
      readonly lines: Readonly<Record<string, number>>
      /** What the parser could not understand. */
      readonly diagnostics: readonly Diagnostic[]
    }
  | { readonly type: 'findings-derived'; readonly runId: string; readonly findings: readonly Finding[] }
  | { readonly type: 'branches-judged'; readonly ref: StepRef; readonly judgement: Judgement }
  | { readonly type: 'variable-set'; readonly name: string; readonly value: string }
  | { readonly type: 'place-mapped'; readonly place: Place; readonly machine: Machine }
  | {
      readonly type: 'runbook-trusted'
      readonly runbook: string
      readonly digest: string
      /** Where it comes from. */
      readonly origin: string
    }
  | { readonly type: 'note-added'; readonly ref: StepRef; readonly text: string }
  | {
      readonly type: 'session-closed'
      readonly status: CloseStatus
      readonly causes: readonly string[]
      readonly path: readonly string[]
    }

/** An event as it stands in the journal: `seq` counts from 1, `at` is an ISO 8601 instant. */
export type StampedEvent = SessionEvent & { readonly seq: number; readonly at: string }

/** A note that the operator took at a step. */
export type Note = { readonly ref: StepRef; readonly text: string; readonly at: string }

/** The whole state of a triage. Immutable; a fold over its events. */
export type Session = {
  readonly header: SessionHeader | undefined
  readonly seq: number
  readonly closed: CloseStatus | undefined
  readonly current: StepRef | undefined
  /** Steps to walk back and forward through; `cursor` indexes the current one. */
  readonly trail: readonly TrailEntry[]
  readonly cursor: number
  /** Every step that was entered, in order, repeats included. */
  readonly path: readonly StepRef[]
  readonly runs: ReadonlyMap<string, Run>
  /** Newest judgement of each step, by `stepKey`. */
  readonly judgements: ReadonlyMap<string, Judgement>
  readonly approval: PendingApproval | undefined
  readonly variables: ReadonlyMap<string, string>
  /** Places that run elsewhere than on the session's own target. */
  readonly places: ReadonlyMap<Place, Machine>
  /** Runbooks from outside whose commands may be run, with the digest of the text that this was said of. */
  readonly trusted: ReadonlyMap<string, string>
  readonly notes: readonly Note[]
}

/** A stop on the trail; `byBranch` marks steps that were left by a branch. */
export type TrailEntry = { readonly ref: StepRef; readonly byBranch: boolean }

/** What the runtime must do. */
export type SessionEffect =
  | { readonly type: 'start-run'; readonly runId: string }
  | { readonly type: 'cancel-run'; readonly runId: string }
  /** Kept in memory only; the session knows it by its seal. */
  | { readonly type: 'keep-secret'; readonly name: string; readonly value: string }

/** Why an intent was not followed: a stable code and a text for the status line. */
export type Refusal = {
  readonly code: string
  readonly text: string
  /** Set when it has to be said first where this is. */
  readonly place?: Place
  /** Set when these variables need a value first. */
  readonly variables?: readonly string[]
  /** Set when it has to be said first that this runbook's commands may be run. */
  readonly runbook?: string
}

/** What follows from an intent. A refusal comes without events. */
export type Decision =
  | {
      readonly kind: 'accepted'
      readonly events: readonly SessionEvent[]
      readonly effects: readonly SessionEffect[]
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What `decide` needs to know besides the session. */
export type DecideContext = {
  readonly library: Library
  readonly parsers: readonly Parser[]
  readonly knowledge: Knowledge
  readonly defaultTimeoutMs: number
  /** What is still kept of an earlier run's output; where it gives nothing, branches that look at its text are unknown. */
  readonly outputOf?: (runId: string) => CapturedOutput | undefined
  /** The machine behind a place on a target that knows its places by itself. */
  readonly hostOf?: (place: Place) => string | undefined
}

/** The runbooks that a session can walk, by name; `outside` tells where those come from that are not runtree's own. */
export type Library = {
  readonly trees: ReadonlyMap<string, Tree>
  readonly outside?: ReadonlyMap<string, string>
}

/** A rung of the layer ladder as the triage left it; undecided: looked at, and nothing seen that clears or blames it. */
export type LayerState = 'untouched' | 'undecided' | 'clear' | 'suspect' | 'failing'

/** The ladder: a state for each layer. */
export type LayerStates = Readonly<Record<Layer, LayerState>>
