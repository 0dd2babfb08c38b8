// Connects by the ssh configuration of its first argument and runs the line of its second. The third says how: `captured` passes the
// output on and stays until this process is killed; `terminal` lends the terminal, for as many milliseconds as the fourth says,
// and tells how that went.
import { createSshExecutor } from '../../../src/targets/index.ts'
import { runLine } from '../../kit/run-line.ts'

const [configFile = '', line = '', mode = 'captured', timeout] = process.argv.slice(2)
const executor = createSshExecutor({
  destination: { host: 'lab' },
  lendTerminal: use => use(),
  asking: 'on-terminal',
  configFile,
})
if (mode === 'captured') {
  await runLine(executor, line, { onChunk: chunk => process.stdout.write(chunk.text) })
  setInterval(() => undefined, 60_000)
} else {
  const timeoutMs = timeout === undefined ? undefined : Number(timeout)
  const { outcome, chunks } = await runLine(executor, line, { mode: 'interactive', timeoutMs })
  const { stdout } = outcome.kind === 'exited' ? await runLine(executor, 'pwd') : { stdout: '' }
  console.log('outcome', JSON.stringify(outcome), 'captured', chunks.length, 'then in', stdout.trim())
  await executor.close()
}
