import { join } from 'node:path'
import { execa } from 'execa'
import { createSshExecutor } from '../src/targets/index.ts'
import { runLine } from '../test/kit/run-line.ts'
import { hasSshd, startSshd } from '../test/kit/sshd.ts'
import type { Benchmark, Report } from './figure.ts'
import { spreadOf } from './interleave.ts'

const BLOCK = 20
const LIMIT = 1.5

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const meanOf = async (work: () => Promise<unknown>): Promise<number> => {
  let sum = 0
  for (let index = 0; index < BLOCK; index += 1) sum += await timed(work)
  return sum / BLOCK
}

const measure = async (rounds: number): Promise<Report> => {
  const sshd = await startSshd()
  const executor = createSshExecutor({
    destination: { host: 'lab' },
    lendTerminal: use => use(),
    asking: 'never',
    configFile: sshd.configFile,
  })
  const shared = ['-F', sshd.configFile, '-S', join(sshd.folder, 'm')]
  await execa('ssh', [...shared, '-f', '-N', '-M', 'lab'], { stdio: 'ignore' })
  const plain: number[] = []
  const ours: number[] = []
  await runLine(executor, 'true')
  // In blocks: what a target does ahead for its next command shall not slow the other side's command down.
  for (let round = 0; round < rounds; round += 1) {
    plain.push(await meanOf(() => execa('ssh', [...shared, 'lab', 'uptime'], { stdin: 'ignore' })))
    ours.push(await meanOf(() => runLine(executor, 'uptime')))
  }
  await execa('ssh', [...shared, '-O', 'exit', 'lab'], { reject: false })
  await executor.close()
  sshd.end()
  const spread = spreadOf(ours.map((ms, index) => ms / (plain[index] ?? Number.NaN)))
  const parts = { target: spreadOf(ours), 'plain ssh': spreadOf(plain) }
  return {
    figures: [{ name: 'command on a warm ssh target / plain ssh', unit: 'x', spread, limit: LIMIT, parts }],
    skipped: [],
  }
}

/** A command on an ssh target, over its standing connection, against the same command through a master of plain ssh. */
export const sshCommand: Benchmark = {
  rounds: 10,
  run: rounds =>
    hasSshd()
      ? measure(rounds)
      : { figures: [], skipped: ['sshd is missing, so there is no machine to reach'] },
}
