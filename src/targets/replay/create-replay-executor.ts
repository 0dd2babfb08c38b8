import type { CapturedOutput, CommandRequest, Outcome, OutputLine, Place } from '../../base/index.ts'
import { notStarted } from '../local/word-outcome.ts'
import { refuseRun } from '../process/refuse-run.ts'
import type { Executor, OutputSink, TargetName } from '../types.ts'

/** One command as an earlier session ran it. */
export type Recording = {
  /** What stands around its secrets, in order; one part where it held none. */
  readonly parts: readonly string[]
  readonly place: Place | undefined
  readonly outcome: Outcome
  /** What it printed; `undefined` when that is no longer kept. */
  readonly output: () => CapturedOutput | undefined
}

/** What a replay answers from, in the order in which it was run. */
export type ReplaySetup = {
  readonly target: Omit<TargetName, 'reach'>
  readonly recordings: readonly Recording[]
  readonly hostOf?: (place: Place) => string | undefined
}

/** Tells whether a line is the parts in their order, with any secret between two of them. */
const isMadeOf = (parts: readonly string[], line: string): boolean => {
  const [first = '', ...others] = parts
  const last = others.pop()
  if (last === undefined) return line === first
  if (!line.startsWith(first) || !line.endsWith(last)) return false
  let at = first.length
  for (const part of others) {
    const found = line.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= line.length - last.length
}

const isSame = ({ parts, place }: Recording, request: CommandRequest): boolean =>
  place === request.place && isMadeOf(parts, request.line)

const MOST_LINES = 1000

const textOf = ({ text, continues }: OutputLine): string => (continues === true ? text : `${text}\n`)

/** Gives lines to the sink in their order, those of one stream that follow each other together. */
const printLines = (lines: readonly OutputLine[], sink: OutputSink): void => {
  let from = 0
  while (from < lines.length) {
    const stream = lines[from]?.stream ?? 'stdout'
    let to = from
    while (to < lines.length && to - from < MOST_LINES && lines[to]?.stream === stream) to += 1
    sink({ stream, text: lines.slice(from, to).map(textOf).join('') })
    from = to
  }
}

const notRecorded = (name: string): Outcome =>
  notStarted(
    'refused',
    `This command was not recorded: ${name} answers with what its session ran, and runs nothing itself. Begin a session on a machine to run it.`,
  )

const notKept = (name: string): Outcome =>
  notStarted('refused', `The output of this command is no longer kept in the session of ${name}.`)

/**
 * A target that runs nothing (see `Executor`): it answers a command with what an earlier session recorded of the same text at the same
 * place, the n-th time with the n-th recording and then always with the last. What was not recorded is an outcome that says so.
 */
export const createReplayExecutor = ({ target, recordings, hostOf }: ReplaySetup): Executor => {
  const asked = new Map<string, number>()
  let isClosed = false

  const nextOf = (request: CommandRequest): Recording | undefined => {
    const fitting = recordings.filter(recording => isSame(recording, request))
    const key = JSON.stringify([request.place, request.line])
    const times = asked.get(key) ?? 0
    asked.set(key, times + 1)
    return fitting[times] ?? fitting.at(-1)
  }
  return {
    target: { ...target, reach: 'cluster' },
    ...(hostOf === undefined ? {} : { hostOf }),
    run: async (request, sink, signal) => {
      // It answers at once, so that nothing is ever under way; and a recording needs no terminal.
      const refusal = refuseRun({ ...request, mode: 'batch' }, { isClosed, isRunning: false })
      if (refusal !== undefined) return refusal
      if (signal.aborted) return { kind: 'canceled' }
      const recording = nextOf(request)
      if (recording === undefined) return notRecorded(target.name)
      const output = recording.output()
      if (output === undefined) return notKept(target.name)
      printLines(output.lines, sink)
      return recording.outcome
    },
    close: async () => {
      isClosed = true
    },
  }
}
