import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { AnalyseApart } from '../../runtime/index.ts'
import type { Analysis, EndedCommand } from '../../session/index.ts'
import { giveBackMemory } from '../engine-flags.ts'
import { packLines } from './packed-lines.ts'
import type { FromThread, ToThread } from './thread-words.ts'

/** What is packed between two looks at keys and frames: a millisecond's work. */
const PART_LINES = 1_000

const answerOf = (thread: Worker): Promise<Analysis> =>
  new Promise((resolve, reject) => {
    thread.once('message', (analysis: FromThread) => resolve(analysis))
    thread.once('error', reject)
    thread.once('exit', code => reject(new Error(`The analysing thread ended with ${code}.`)))
  })

const ask = async (thread: Worker, { command, outcome, output, at }: EndedCommand): Promise<void> => {
  const tell = (word: ToThread): void => thread.postMessage(word)
  const { lines, ...counts } = output
  for (let from = 0; from < lines.length; from += PART_LINES) {
    tell({ kind: 'lines', packed: packLines(lines.slice(from, from + PART_LINES)) })
    await turn()
  }
  tell({ kind: 'analyse', ended: { command, outcome, output: { ...counts, lines: [] }, at } })
}

/**
 * Analyses outputs each in a thread of its own, which ends with its answer: what it took in memory is given back. `program` is what
 * the thread runs.
 */
export const analyseInThread =
  (program: URL): AnalyseApart =>
  async ended => {
    // What the output left behind goes before the thread comes: both at once would be the most that a screen ever takes.
    giveBackMemory()
    const thread = new Worker(program, { name: 'analysis' })
    try {
      const [analysis] = await Promise.all([answerOf(thread), ask(thread, ended)])
      return analysis
    } finally {
      void thread.terminate()
    }
  }

/** The same with the program that the build makes. From its sources there is none, and whoever asks does the work in another way. */
export const analyseApart = analyseInThread(new URL('launch-thread.js', import.meta.url))
