// Runs the line of its argument, passes its output on, and stays until it is killed.
import { createLocalExecutor } from '../../../src/targets/index.ts'
import { runLine } from '../../kit/run-line.ts'

const executor = createLocalExecutor({ lendTerminal: use => use() })
await runLine(executor, process.argv[2] ?? '', { onChunk: chunk => process.stdout.write(chunk.text) })
process.stdout.write('the command is over\n')
setInterval(() => undefined, 60_000)
