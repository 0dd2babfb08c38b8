import { hostname } from 'node:os'
import { createLocalExecutor } from '../src/targets/index.ts'
import { runLine } from '../test/kit/run-line.ts'
import type { Benchmark } from './figure.ts'
import { spreadOf } from './interleave.ts'

const TIMEOUT_MS = 1_000
const LIMIT = 1.3
const MOST_AFTER_CANCEL_MS = 300

/** Commands whose children outlive them: in the background, and in a session of their own with the pipe in hand. */
const lines = {
  'a grandchild in the background': 'sleep 30 & sleep 30',
  'a grandchild with a session of its own': 'setsid sleep 30 & sleep 30',
} as const

/** How long a command with grandchildren takes to be over, against the time that it was given; and how soon after a cancel. */
export const stopping: Benchmark = {
  rounds: 5,
  shortRounds: 1,
  run: async rounds => {
    const executor = createLocalExecutor({ lendTerminal: use => use(), host: hostname() })
    await runLine(executor, 'true')
    const figures = []
    for (const [name, line] of Object.entries(lines)) {
      const ratios: number[] = []
      const cancels: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const start = performance.now()
        await runLine(executor, line, { timeoutMs: TIMEOUT_MS })
        ratios.push((performance.now() - start) / TIMEOUT_MS)
        const stop = new AbortController()
        let toldAt = 0
        const onChunk = (): void => {
          toldAt = performance.now()
          stop.abort()
        }
        await runLine(executor, `echo; ${line}`, { signal: stop.signal, onChunk })
        cancels.push(performance.now() - toldAt)
      }
      figures.push({
        name: `timeout of 1 s with ${name} / the time given`,
        unit: 'x' as const,
        spread: spreadOf(ratios),
        limit: LIMIT,
      })
      figures.push({
        name: `cancel with ${name}`,
        unit: 'ms' as const,
        spread: spreadOf(cancels),
        limit: MOST_AFTER_CANCEL_MS,
      })
    }
    await executor.close()
    return { figures, skipped: [] }
  },
}
