// Compares a command on an ssh target, over its standing connection, with the same command given to ssh through a connection of
// its own; prints the medians in milliseconds. Both start ssh in the same way.
import { join } from 'node:path'
import { execa } from 'execa'
import { createSshExecutor } from '../src/targets/index.ts'
import { runLine } from '../test/kit/run-line.ts'
import { startSshd } from '../test/kit/sshd.ts'

const BLOCKS = Number(process.argv[2] ?? 10)
const ROUNDS = 20
const sshd = await startSshd()
const executor = createSshExecutor({
  destination: { host: 'lab' },
  lendTerminal: use => use(),
  asking: 'never',
  configFile: sshd.configFile,
})
const shared = ['-F', sshd.configFile, '-S', join(sshd.folder, 'm')]
await execa('ssh', [...shared, '-f', '-N', '-M', 'lab'], { stdio: 'ignore' })

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}
const median = (values: readonly number[]): string =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(1) ?? ''

const plain: number[] = []
const ours: number[] = []
await runLine(executor, 'true')
// In blocks: what a target does ahead for its next command shall not slow the other side's command down.
for (let block = 0; block < BLOCKS; block += 1) {
  for (let round = 0; round < ROUNDS; round += 1)
    plain.push(await timed(() => execa('ssh', [...shared, 'lab', 'uptime'], { stdin: 'ignore' })))
  for (let round = 0; round < ROUNDS; round += 1) ours.push(await timed(() => runLine(executor, 'uptime')))
}
console.log(`ssh ${median(plain)} ms, target ${median(ours)} ms`)
await execa('ssh', [...shared, '-O', 'exit', 'lab'], { reject: false })
await executor.close()
sshd.end()
