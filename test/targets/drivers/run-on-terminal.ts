// After a captured command, runs the line of its first argument on the terminal, for as many milliseconds as the second says,
// and tells how that went.
import { createLocalExecutor } from '../../../src/targets/index.ts'
import { runLine } from '../../kit/run-line.ts'

const [line = '', timeout] = process.argv.slice(2)
process.on('SIGINT', () => console.log('the driver was interrupted'))
const executor = createLocalExecutor({
  lendTerminal: async use => {
    console.log('lent')
    const result = await use()
    console.log('back')
    return result
  },
})
await runLine(executor, 'true')
const timeoutMs = timeout === undefined ? undefined : Number(timeout)
const { outcome, chunks } = await runLine(executor, line, { mode: 'interactive', timeoutMs })
const { stdout } = await runLine(executor, 'pwd')
console.log(
  'outcome',
  JSON.stringify(outcome),
  'captured',
  chunks.length,
  'then in',
  stdout.trim(),
  'listeners',
  process.listenerCount('SIGINT'),
)
await executor.close()
