import type { CommandMode, Diagnostic, Outcome, Place, StepRef } from '../base/index.ts'
import type { Finding } from '../diagnosis/index.ts'
import type { FactLines, Facts } from '../facts/index.ts'
import type { EffectKind } from '../shell/index.ts'
import type { Machine } from './header.ts'

/** Where the full output of a run is kept: SHA-256 of the text, and which of its lines came on stderr (inclusive ranges). */
export type Body = { readonly digest: string; readonly stderrLines: readonly (readonly [number, number])[] }

/** A run as it was asked for. */
export type RunRequest = {
  /** `r1`, `r2` … in order of request. */
  readonly runId: string
  readonly ref: StepRef
  /** `undefined` for an ad-hoc command. */
  readonly commandId: string | undefined
  /** The command as it may be seen, with a mask in place of each secret. */
  readonly line: string
  /** Where the command holds secrets: the line with a seal in place of each. */
  readonly sealed?: string
  readonly effect: EffectKind
  readonly because: string
  /** What it changes, in the runbook's words. */
  readonly changes?: string
  /** How it is undone: the runbook's words, or a command. */
  readonly undo?: string
  /** The run for which this one saves what that one would lose. */
  readonly savesFor?: string
  readonly place: Place | undefined
  /** Where it runs: the session's own target and machine where nothing else is said. */
  readonly machine?: Machine
  readonly mode: CommandMode
  readonly timeoutMs: number | undefined
  readonly cwd: string | undefined
}

/** Where a run stands. */
export type RunPhase = 'queued' | 'awaiting-approval' | 'running' | 'finished' | 'dropped'

/** One run of a command within a session. Times are ISO 8601 instants. */
export type Run = RunRequest & {
  readonly phase: RunPhase
  /** The run that must end well before this one starts. */
  readonly waitsFor?: string | undefined
  /** Why it was dropped, where that is not plain. */
  readonly droppedBecause?: string | undefined
  /** During which visit it was asked for: an index into the session's `path`. */
  readonly visit: number
  readonly startedAt: string | undefined
  readonly finishedAt: string | undefined
  readonly outcome: Outcome | undefined
  readonly totalLines: number
  readonly totalBytes: number
  readonly body: Body | undefined
  /** How often secrets of each kind were masked in its output. */
  readonly masked?: Readonly<Record<string, number>>
  readonly parser: string | undefined
  readonly facts: Facts
  readonly factLines: FactLines
  readonly diagnostics: readonly Diagnostic[]
  readonly findings: readonly Finding[]
}

/** A command that saves, as it may be seen; `commandId` names it where the runbook holds it. */
export type SavingRun = Pick<RunRequest, 'line' | 'sealed'> & { readonly commandId?: string }

/** An approval that waits for an answer: `wants` is the word to be typed, and `saving` runs first. */
export type PendingApproval = {
  readonly runId: string
  readonly wants: string
  readonly saving?: SavingRun | undefined
}
