import type { CommandRequest, Outcome, OutputChunk, Place } from '../base/index.ts'

/** Takes output as it comes. Called in order of arrival; must not throw. */
export type OutputSink = (chunk: OutputChunk) => void

/** What a target is called and where it leads. */
export type TargetName = {
  /** As given to `--target`. */
  readonly name: string
  /** The machine's own name, as an approval shows it. */
  readonly host: string
  /** `cluster` when the target knows by itself where each place is; otherwise it is one machine. */
  readonly reach: 'machine' | 'cluster'
}

/**
 * Runs commands on one target, one at a time. `run` never rejects: whatever happens is an outcome. Aborting the signal stops the
 * whole process group (TERM, then KILL after 2 s) and gives `canceled`. Exported variables and the working directory carry over
 * from one run to the next. `close` stops what still runs and lets go of everything.
 */
export type Executor = {
  readonly target: TargetName
  /** On a target that knows its places: the name of the machine behind one. */
  readonly hostOf?: (place: Place) => string | undefined
  readonly run: (request: CommandRequest, sink: OutputSink, signal: AbortSignal) => Promise<Outcome>
  readonly close: () => Promise<void>
}

/** Gives the real terminal to an interactive program for as long as `use` runs, then takes it back and repaints. */
export type LendTerminal = <T>(use: () => Promise<T>) => Promise<T>
