import type { Place } from './place.ts'

/** How a command uses the terminal: `batch` ends by itself, `follow` runs until stopped, `interactive` needs the real terminal. */
export type CommandMode = 'batch' | 'follow' | 'interactive'

/** One command line to run, placeholders already filled in. */
export type CommandRequest = {
  /** Identifies the run within its session. */
  readonly runId: string
  /** The shell text, exactly as it goes to bash; may hold several lines. */
  readonly line: string
  readonly place: Place | undefined
  /** The target that the place was found on, as given to `--target`; left out where the executor's own is meant. */
  readonly target?: string | undefined
  readonly mode: CommandMode
  /** Milliseconds until the command is stopped; `undefined` runs until it ends or is stopped. */
  readonly timeoutMs: number | undefined
  /** A working directory for this command alone; otherwise the one that earlier commands left. */
  readonly cwd: string | undefined
}

/** How a run ended. A timeout, a missing program or a refused connection are results, not exceptions. */
export type Outcome =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'canceled' }
  /** The way to the machine was lost while it ran: what it did after that is not known. */
  | { readonly kind: 'lost'; readonly message: string }
  | { readonly kind: 'not-started'; readonly reason: NotStartedReason; readonly message: string }

/** Why a command never began to run. */
export type NotStartedReason = 'not-found' | 'denied' | 'unreachable' | 'refused'

/** The two streams of a command's output. */
export type StreamName = 'stdout' | 'stderr'

/** A piece of output as it came, decoded as UTF-8 and cleaned of terminal escapes other than colour. */
export type OutputChunk = { readonly stream: StreamName; readonly text: string }

/** One line of output. `number` counts from 1 over both streams in order of arrival. Text holds no newline; it may hold colour codes. */
export type OutputLine = {
  readonly number: number
  readonly stream: StreamName
  readonly text: string
  /** Set where an over-long line was cut: it goes on, without a newline, in the next line of the same stream. */
  readonly continues?: true
  /** Set as long as neither its newline nor the end of its stream has come: its text may grow. */
  readonly isUnfinished?: true
}

/**
 * What was kept of a command's output for analysis and for the screen: the newest lines within a bound.
 * `firstLine` is the number of the first line kept; `totalLines` and `totalBytes` count everything that came.
 */
export type CapturedOutput = {
  readonly firstLine: number
  readonly lines: readonly OutputLine[]
  readonly totalLines: number
  readonly totalBytes: number
}
