/** Who takes a follower's output as it comes, and what stops it. */
export type Listening = {
  readonly onOutput?: ((text: string) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Waits in real time until a simulated second is due, or until the signal says stop. */
export type Pause = (signal: AbortSignal | undefined) => Promise<void>

/** More commands, or turns of loops, than anybody means by one line that nobody can stop: it runs without an end. */
const MOST_COMMANDS = 500
const MOST_TURNS = 50_000
/** After so many turns a person's Ctrl-C is listened for. */
const TURNS_A_PAUSE = 50

/** What is known of the one line that runs: who watches it, whether it was stopped, how long it has gone on. */
export type Attention = {
  readonly output: () => ((text: string) => void) | undefined
  readonly isStopped: () => boolean
  /** Waits a moment of real time where a person watches. */
  readonly wait: () => Promise<void>
  readonly countCommand: () => void
  /** Counts a turn of a loop and tells whether the line was stopped or goes on without an end. */
  readonly isOver: () => Promise<boolean>
  /** Begins a line, or ends it where nobody listens. */
  readonly begin: (listener: Listening) => void
}

/** Creates the attention of a shell. */
export const createAttention = (pause: Pause): Attention => {
  let { onOutput, signal }: Listening = {}
  let commands = 0
  let turns = 0
  const isStopped = (): boolean => signal?.aborted === true
  const wait = async (): Promise<void> => {
    if (onOutput !== undefined) await pause(signal)
  }
  return {
    output: () => onOutput,
    isStopped,
    wait,
    countCommand: () => {
      commands += 1
    },
    isOver: async () => {
      turns += 1
      if (turns % TURNS_A_PAUSE === 0) await wait()
      return isStopped() || (onOutput === undefined && (commands > MOST_COMMANDS || turns > MOST_TURNS))
    },
    begin: listener => {
      onOutput = listener.onOutput
      signal = listener.signal
      commands = 0
      turns = 0
    },
  }
}
