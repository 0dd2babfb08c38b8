import type { CapturedOutput, WholeOutput } from '../base/index.ts'
import type { Run } from '../session/index.ts'
import type { LiveRun } from './live-run.ts'
import { createOutputShelf } from './output-shelf.ts'
import type { Journal } from './types.ts'
import { createWholeOutputs } from './whole-outputs.ts'

/** The outputs of a session's runs: of those on the target, of those that ended, and of an earlier process's. */
export type RunOutputs = {
  readonly begin: (runId: string, run: Pick<LiveRun, 'output' | 'pages'>) => void
  /** Keeps the output of a run that has ended, and gives it. */
  readonly end: (runId: string) => CapturedOutput | undefined
  /** What is kept of a run's output: in memory, or else on disk. */
  readonly of: (runId: string) => CapturedOutput | undefined
  /** A run's output from its first line on, where more of it is on disk than in memory. */
  readonly wholeOf: (runId: string) => WholeOutput | undefined
}

/** Where they are read from, and whom to tell when more of one was found. */
export type RunOutputsOptions = {
  readonly journal: Journal
  readonly runOf: (runId: string) => Run | undefined
  readonly onFound: () => void
}

/** Creates it without any. */
export const createRunOutputs = ({ journal, runOf, onFound }: RunOutputsOptions): RunOutputs => {
  const live = new Map<string, Pick<LiveRun, 'output'>>()
  const shelf = createOutputShelf()
  const wholes = createWholeOutputs({ bodyPath: journal.bodyPath, onFound })

  const keep = (runId: string, output: CapturedOutput | undefined): CapturedOutput | undefined => {
    if (output !== undefined) shelf.put(runId, output)
    return output
  }
  const readAgain = (runId: string): CapturedOutput | undefined => {
    const run = runOf(runId)
    return keep(runId, run && journal.readBody(run))
  }
  const of = (runId: string): CapturedOutput | undefined =>
    live.get(runId)?.output() ?? shelf.get(runId) ?? readAgain(runId)

  return {
    begin: (runId, run) => {
      live.set(runId, run)
      wholes.add(runId, run.pages)
    },
    end: runId => {
      const output = keep(runId, live.get(runId)?.output())
      live.delete(runId)
      return output
    },
    of,
    wholeOf: runId => {
      const run = runOf(runId)
      const newest = of(runId)
      return run && newest && wholes.of(run, newest)
    },
  }
}
