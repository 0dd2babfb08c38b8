import type { CapturedOutput, WholeOutput } from '../base/index.ts'
import type {
  Analysis,
  Body,
  CloseStatus,
  EndedCommand,
  Intent,
  Refusal,
  Run,
  Session,
  SessionHeader,
  StampedEvent,
} from '../session/index.ts'
import type { KeptOutput } from './read-body.ts'

/** Tells the time as an ISO 8601 instant. */
export type Clock = { readonly now: () => string }

/**
 * Analyses an output where keys and frames do not wait for it. Rejects where it cannot; then it is done in turns with them. The lines
 * are made as they are looked at.
 */
export type AnalyseApart = (ended: EndedCommand) => Promise<Analysis>

/** What a view sees. A new object whenever anything changed, so that identity tells. */
export type Snapshot = {
  readonly session: Session
  /** Grows with every change of any run's output. */
  readonly outputVersion: number
  /** Something that the operator should know, such as a journal that cannot be written; newest last. */
  readonly notices: readonly string[]
}

/**
 * The one owner of a live session: queues intents, carries out effects, appends to the journal before it tells anyone.
 * Listeners are told of output at most every 33 ms.
 */
export type SessionStore = {
  readonly getSnapshot: () => Snapshot
  readonly subscribe: (listener: () => void) => () => void
  /** Gives the refusal when the session does not follow the intent. */
  readonly dispatch: (intent: Intent) => Refusal | undefined
  /** What is kept of a run's output; empty for a run that printed nothing or is unknown. */
  readonly outputOf: (runId: string) => CapturedOutput
  /**
   * A run's output from its first line on, where more of it is on disk than in memory; `undefined` where not, or not yet: listeners
   * are told when it is there.
   */
  readonly wholeOutputOf: (runId: string) => WholeOutput | undefined
  /** Events as they are appended, for reporters; called after the flush. */
  readonly onEvent: (listener: (event: StampedEvent) => void) => () => void
  /** Everything that happened so far, in order; the same array until something more happens. */
  readonly events: () => readonly StampedEvent[]
  /** Resolves when no run is queued, running or being written. */
  readonly settled: () => Promise<void>
  /** Tells the operator, once it is known, what concerns the session but is no event of it. Never rejects; closing waits for it. */
  readonly notify: (sentence: Promise<string | undefined>) => void
  /** Stops what runs, closes the journal with the status unless the session is closed already. */
  readonly close: (status: CloseStatus) => Promise<void>
  /** Where the journal is kept, `undefined` when it is not. */
  readonly journalPath: string | undefined
}

/** The event log of one session on disk. Appending never throws: what cannot be kept is told by `words`. */
export type Journal = {
  readonly path: string | undefined
  readonly append: (events: readonly StampedEvent[]) => void
  /** A place for a run's full output. */
  readonly openBody: (runId: string) => BodyWriter
  /** What is kept of an output, its newest lines within the bounds of a screen; `undefined` when it cannot be read or is not what it was. */
  readonly readBody: (run: KeptOutput) => CapturedOutput | undefined
  /** The file of an output that is kept. */
  readonly bodyPath: (body: Body) => string | undefined
  /** Sentences on what is not kept, and what is kept again; oldest first. */
  readonly words: () => readonly string[]
  readonly close: () => void
}

/** Takes a run's full output as UTF-8 and names it by digest when done; `undefined` when there was none or it could not be kept. */
export type BodyWriter = {
  /** The bytes are lent for the call. */
  readonly write: (bytes: Buffer) => void
  readonly finish: () => Promise<string | undefined>
  /** The file that holds all that was written, as far as there is one. */
  readonly path: () => string | undefined
}

/** An earlier session as the home screen lists it. */
export type SessionSummary = {
  readonly header: SessionHeader
  readonly status: CloseStatus | 'open'
  readonly steps: number
  readonly commands: number
  /** What was found, the one to act on first. */
  readonly causes: readonly string[]
  readonly path: string
  /** The process that has it open now. */
  readonly owner?: number
}

/** A session that could not be read, with the reason in a sentence. */
export type BrokenSession = { readonly path: string; readonly reason: string }

/** The sessions of a state directory, newest first. */
export type SessionList = {
  readonly sessions: readonly SessionSummary[]
  readonly broken: readonly BrokenSession[]
}

/** An earlier session, read back from its journal. */
export type StoredSession = {
  readonly header: SessionHeader
  readonly events: readonly StampedEvent[]
  readonly session: Session
  /** Runs whose end the journal does not hold: the program was stopped while they ran. */
  readonly unfinished: readonly Run[]
  readonly notices: readonly string[]
  readonly path: string
}
