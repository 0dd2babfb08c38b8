import type { CapturedOutput, WholeOutput } from '../base/index.ts'
import { createRedaction, type OwnSecret } from '../redaction/index.ts'
import type { Run, SessionEffect } from '../session/index.ts'
import type { Executor } from '../targets/index.ts'
import { analyseReport, type Report, type ReportTools } from './analyse-report.ts'
import { type LiveRun, startLiveRun } from './live-run.ts'
import { newestLines } from './newest-lines.ts'
import { createRunOutputs } from './run-outputs.ts'
import type { Sealing } from './seal-intent.ts'
import type { Clock, Journal } from './types.ts'

/** The runs that are on the target, and the outputs of those that were. */
export type RunDesk = {
  readonly carryOut: (effect: SessionEffect) => void
  /** What to seal a person's words with: the secrets that were given so far, and what others look like. */
  readonly sealing: Sealing
  /** What is kept of a run's output: in memory, or else on disk. */
  readonly outputOf: (runId: string) => CapturedOutput | undefined
  /** What of it is analysed. */
  readonly newestOf: (runId: string) => CapturedOutput | undefined
  /** A run's output from its first line on, where more of it is on disk than in memory. */
  readonly wholeOutputOf: (runId: string) => WholeOutput | undefined
  /** Resolves when nothing runs and every output is written. */
  readonly idle: () => Promise<void>
}

/** What a desk works with and whom it tells. `onEnd` may start the next run. */
export type DeskOptions = ReportTools & {
  readonly executor: Executor
  readonly clock: Clock
  readonly journal: Journal
  /** What is a secret beside what the program knows. */
  readonly secretPatterns?: readonly OwnSecret[] | undefined
  readonly runOf: (runId: string) => Run | undefined
  readonly onOutput: () => void
  readonly onEnd: (report: Report) => void
  readonly onFault: (error: unknown) => void
}

/** Creates a desk on which nothing runs yet. */
export const createRunDesk = (options: DeskOptions): RunDesk => {
  const { executor, journal, runOf, onOutput, onEnd, onFault } = options
  const secrets = new Map<string, string>()
  const redaction = createRedaction(options.secretPatterns)
  const live = new Map<string, LiveRun>()
  const outputs = createRunOutputs({ journal, runOf, onFound: onOutput })
  const waiting: (() => void)[] = []

  const conclude = async ({ runId, line }: Run, run: LiveRun): Promise<void> => {
    const ended = await run.ended
    const output = newestLines(outputs.end(runId) ?? run.output())
    const report = { type: 'report-outcome', runId, output, at: options.clock.now(), ...ended } as const
    const analysed = await analyseReport(options, line, report)
    live.delete(runId)
    try {
      onEnd(analysed)
    } catch (error) {
      onFault(error)
    }
    if (live.size === 0) for (const resolve of waiting.splice(0)) resolve()
  }

  const start = (runId: string): void => {
    const run = runOf(runId)
    if (run === undefined) return
    const started = startLiveRun({
      run,
      executor,
      body: journal.openBody(runId),
      secrets,
      redaction,
      onOutput,
    })
    live.set(runId, started)
    outputs.begin(runId, started)
    conclude(run, started).catch(onFault)
  }

  const carryOut = (effect: SessionEffect): void => {
    if (effect.type === 'keep-secret') secrets.set(effect.name, effect.value)
    else if (effect.type === 'start-run') start(effect.runId)
    else live.get(effect.runId)?.cancel()
  }

  return {
    carryOut,
    sealing: { secrets, redaction, keep: (name, value) => secrets.set(name, value) },
    outputOf: outputs.of,
    newestOf: runId => {
      const output = outputs.of(runId)
      return output && newestLines(output)
    },
    wholeOutputOf: outputs.wholeOf,
    idle: () => (live.size === 0 ? Promise.resolve() : new Promise(resolve => waiting.push(resolve))),
  }
}
