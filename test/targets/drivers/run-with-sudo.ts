// Runs lines on a target through the sudo gate, with the terminal lent to whoever asks, and tells how each went. The first argument is
// the ssh configuration of a machine called `lab`, or `-` for this machine; the second the user there; the rest are the lines.
import { createLocalExecutor, createSshExecutor, createSudoGate } from '../../../src/targets/index.ts'
import { runLine } from '../../kit/run-line.ts'

const [configFile = '-', user = '', ...lines] = process.argv.slice(2)
const executor = createSudoGate(
  configFile === '-'
    ? createLocalExecutor({ lendTerminal: use => use() })
    : createSshExecutor({
        destination: { host: 'lab', user },
        lendTerminal: use => use(),
        asking: 'on-terminal',
        configFile,
      }),
  'on-terminal',
)
for (const line of lines) {
  const { outcome, stdout, stderr } = await runLine(executor, line, { timeoutMs: 3000 })
  console.log(`[${JSON.stringify(outcome)}] out<${stdout.trim()}> err<${stderr.trim()}>`)
}
await executor.close()
console.log('closed')
