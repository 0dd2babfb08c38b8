import type { CapturedOutput, WholeOutput } from '../base/index.ts'
import type { Body, Run } from '../session/index.ts'
import { indexFile } from './index-file.ts'
import { createOutputPages, type OutputPages } from './output-pages.ts'
import { streamFinder } from './stream-notes.ts'
import { wholeOutputOf } from './whole-output.ts'

/** The outputs of a session from their first lines on, each as far as its file is known. */
export type WholeOutputs = {
  /** Takes the pages of a run of this process, which were noted while it ran. */
  readonly add: (runId: string, pages: OutputPages) => void
  /** The whole of a run's output, of which the newest lines are given; `undefined` where memory has it all, and until its file is known. */
  readonly of: (run: Run, newest: CapturedOutput) => WholeOutput | undefined
}

/** What it works with: where an output lies, and whom to tell when the lines of a file are found. */
export type WholeOutputsOptions = {
  readonly bodyPath: (body: Body) => string | undefined
  readonly onFound: () => void
}

/** Creates it without any. Files of an earlier process are read through once they are asked for. */
export const createWholeOutputs = ({ bodyPath, onFound }: WholeOutputsOptions): WholeOutputs => {
  const known = new Map<string, OutputPages | undefined>()

  /** A file that holds the beginning only has no pages. */
  const pagesOf = async (path: string, { totalLines, body }: Run): Promise<OutputPages | undefined> => {
    const found = await indexFile(path)
    if (found.totalLines !== totalLines || body === undefined) return undefined
    return createOutputPages({
      index: found.index,
      path: () => path,
      streamOf: streamFinder(body.stderrLines),
    })
  }

  const find = (run: Run): void => {
    const path = run.body && bodyPath(run.body)
    known.set(run.runId, undefined)
    if (path === undefined) return
    const keep = (pages: OutputPages | undefined): void => {
      known.set(run.runId, pages)
      onFound()
    }
    pagesOf(path, run).then(keep, () => undefined)
  }

  return {
    add: (runId, pages) => void known.set(runId, pages),
    of: (run, newest) => {
      if (newest.firstLine === 1) return undefined
      if (!known.has(run.runId)) find(run)
      const pages = known.get(run.runId)
      return pages?.isThere() ? wholeOutputOf(newest, pages) : undefined
    },
  }
}
