import type { OutputLine, Place, StepRef } from '../base/index.ts'
import type { SessionStore, SessionSummary } from '../runtime/index.ts'
import type { DecideContext, Machine } from '../session/index.ts'
import type { LookFor } from '../tree/index.ts'
import type { DrillEnd, DrillEntry, OpenDrill } from './drill-port.ts'
import type { AppBinding } from './keys/app-binding.ts'
import type { HomeSection } from './scene/home-entries.ts'
import type { UiState } from './state/ui-state.ts'
import type { Appearance } from './theme/appearance.ts'

/** A runbook as the home screen lists it. */
export type RunbookEntry = {
  readonly name: string
  readonly title: string
  readonly summary: string | undefined
  readonly steps: number
}

/** A line that holds what a step says to look for. Columns count from 1 in the text without colour codes. */
export type LookForHit = {
  readonly line: number
  readonly column: number
  readonly length: number
  readonly means: string
}

/** Gives the real terminal to an interactive program for as long as `use` runs, then takes it back and repaints. */
export type LendTerminal = <T>(use: () => Promise<T>) => Promise<T>

/** A program between ours and the terminal that has to be asked to hand escape sequences on. */
export type Multiplexer = 'tmux' | 'screen'

/** A target to choose, as `--target` takes it, and what it is. */
export type TargetEntry = { readonly name: string; readonly about: string }

/** Where the commands of the next session can run. */
export type Targets = {
  readonly known: () => readonly TargetEntry[]
  /** Rejects with the reason when the name is no target. */
  readonly change: (name: string) => Promise<void>
}

/** Where places can be. */
export type Machines = {
  /** Targets to choose from, such as those that the operator's ssh configuration names. */
  readonly known: () => readonly string[]
  /** Reads where a place is, beside the session's own machine; `undefined` for a text that names no target. */
  readonly find: (place: Place, text: string, home: Machine) => Machine | undefined
}

/**
 * All that the interface needs from the outside. It owns no session by itself: `openSession` gives one, and the interface closes
 * it when the operator leaves it.
 */
export type AppServices = {
  readonly version: string
  readonly target: { readonly name: string; readonly host: string }
  readonly runbooks: readonly RunbookEntry[]
  /** Newest first. Read anew whenever the home screen is come back to, so a getter keeps it fresh. */
  readonly earlier: readonly SessionSummary[]
  /** Easy ones first. Read anew whenever the home screen is come back to, because of the scores. */
  readonly drills: readonly DrillEntry[]
  /** Breaks a cluster for the drill of a name. */
  readonly openDrill: (name: string) => Promise<OpenDrill>
  /** What refusals are asked with; its library holds the trees. */
  readonly context: DecideContext
  readonly machines: Machines
  readonly targets: Targets
  /** Finds a step's look-for items in lines of an output. */
  readonly scanLookFor: (wanted: readonly LookFor[], lines: readonly OutputLine[]) => readonly LookForHit[]
  readonly openSession: (ref: StepRef) => Promise<SessionStore>
  readonly resumeSession?: (summary: SessionSummary) => Promise<SessionStore>
  /** Opens this step at once; leaving it leaves the program. */
  readonly initial?: StepRef
  /** Opens this drill at once, by its name; leaving it leaves the program. */
  readonly initialDrill?: string
  /** Where on the home screen the choice stands at first. */
  readonly section?: HomeSection
  /** Whether the clock of a drill stands on the screen to begin with. */
  readonly drillClock?: 'shown' | 'hidden'
  /** An open session to go on with at once, in place of `initial`. */
  readonly resumed?: SessionStore
  /** The report of a session as it stands, as Markdown. */
  readonly reportOf: (store: SessionStore) => string
  /** Writes a file that is not there yet; gives what went wrong in a sentence. */
  readonly saveText: (path: string, text: string) => string | undefined
  readonly appearance: Appearance
  readonly multiplexer?: Multiplexer | undefined
  /** The keys that count, those of the operator's own among them. */
  readonly bindings: readonly AppBinding[]
  /** Whether long lines of an output are wrapped at first. */
  readonly longLines?: UiState['longLines']
  /** Is called once the first frame is there to be read. */
  readonly onFirstFrame?: () => void
  /** Is given the way to borrow the terminal once the screen is up. */
  readonly onTerminal: (lend: LendTerminal) => void
  /** Stops the whole job (SIGTSTP) and resolves when it goes on. The terminal is free meanwhile. */
  readonly suspend: () => Promise<void>
  /** Resolves when something outside wants the interface to end, such as a signal. */
  readonly stopRequested?: Promise<unknown>
  /** Milliseconds since the epoch; elapsed times are counted with it. */
  readonly now: () => number
}

/** How the interface was left, and every session that it had open, each closed by now. */
export type AppEnd = {
  readonly kind: 'left' | 'interrupted'
  readonly sessions: readonly SessionStore[]
  /** The drills that were finished. */
  readonly drills: readonly DrillEnd[]
}
