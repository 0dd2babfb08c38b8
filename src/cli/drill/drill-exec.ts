import { type LineResult, shellAt } from '../../cluster/index.ts'
import type { Invocation } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { readTextFile } from '../read-text-file.ts'
import { drillSeed, readSeed } from './drill-seed.ts'
import { openCluster } from './open-cluster.ts'

const jsonOf = (command: string, { exit, stdout, stderr, atMs }: LineResult): string =>
  JSON.stringify({ command, exit, stdout, stderr, at: new Date(atMs).toISOString() })

const textOf = (command: string, { exit, stdout, stderr }: LineResult): string =>
  [`$ ${command}`, stdout.trimEnd(), stderr.trimEnd(), ...(exit === 0 ? [] : [`(exit ${exit})`])]
    .filter(text => text !== '')
    .join('\n')

const linesOf = (words: readonly string[]): readonly string[] =>
  words.length > 0
    ? words
    : readTextFile('-')
        .split(/\r?\n/)
        .filter(line => line.trim() !== '')

/** `runtree drill exec NAME [CMD…]`: runs commands one after another in one shell of a simulated cluster. */
export const drillExec = async (
  name: string,
  words: readonly string[],
  invocation: Invocation,
): Promise<number> => {
  const cluster = await openCluster(name, drillSeed(readSeed(invocation)))
  const shell = shellAt(cluster.world, { machine: cluster.world.home, hasTerminal: false })
  const isJson = invocation.flags.has('json')
  for (const line of linesOf(words)) {
    const ran = await shell.run(line)
    print.out(isJson ? jsonOf(line, ran) : textOf(line, ran))
  }
  const repaired = await cluster.isRepaired()
  if (isJson) print.out(JSON.stringify({ type: 'drill-state', repaired }))
  else if (cluster.drill !== undefined)
    print.out(repaired ? '\nThe drill is repaired.' : '\nThe drill is not repaired.')
  return exitCodes.done
}
