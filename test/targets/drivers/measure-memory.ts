// Runs the line of its first argument, spending as many milliseconds on each piece of output as the second says, and tells how
// many characters came and how much memory that took.
// Not by the room's door, behind which the simulated cluster lies: it would be measured too.
import { createLocalExecutor } from '../../../src/targets/local/create-local-executor.ts'
import { peakMebibytes } from '../../kit/peak-memory.ts'
import { runLine } from '../../kit/run-line.ts'

const [line = '', spendMs = '0'] = process.argv.slice(2)
const executor = createLocalExecutor({ lendTerminal: use => use() })
await runLine(executor, 'echo warm')

const megabytes = (): number => Math.round(peakMebibytes())
const beforeMb = megabytes()
let characters = 0

const spend = (): void => {
  const end = performance.now() + Number(spendMs)
  while (performance.now() < end);
}

const request = {
  runId: 'run-1',
  line,
  place: undefined,
  mode: 'batch',
  timeoutMs: undefined,
  cwd: undefined,
} as const
const outcome = await executor.run(
  request,
  chunk => {
    characters += chunk.text.length
    spend()
  },
  new AbortController().signal,
)
await executor.close()
console.log(JSON.stringify({ outcome, characters, beforeMb, afterMb: megabytes() }))
