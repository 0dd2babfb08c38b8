import { shellAt } from '../../cluster/index.ts'
import { failedChecks, fillHandles, openDrill } from '../../drill/index.ts'
import type { Invocation } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { print } from '../print.ts'
import { drillSeed, readSeed } from './drill-seed.ts'
import { loadDrill } from './drills.ts'

/** `runtree drill solve NAME`: runs the solution script; done only when the cluster was broken before and is repaired after. */
export const drillSolve = async (name: string, invocation: Invocation): Promise<number> => {
  const isJson = invocation.flags.has('json')
  const drill = loadDrill(name)
  const world = await openDrill(drill, drillSeed(readSeed(invocation)))
  const brokenBefore = (await failedChecks(drill, world)).length > 0
  const shell = shellAt(world, { machine: world.home, hasTerminal: false })
  for (const written of drill.solution) {
    const line = fillHandles(world, written)
    const { stdout, stderr, exit, atMs } = await shell.run(line)
    print.out(
      isJson
        ? JSON.stringify({ command: line, exit, stdout, stderr, at: new Date(atMs).toISOString() })
        : `$ ${line}\n${stdout}${stderr}`.trimEnd(),
    )
  }
  const failed = await failedChecks(drill, world)
  const repaired = failed.length === 0
  if (isJson) {
    const failing = failed.map(check => check.line)
    print.out(JSON.stringify({ type: 'drill-state', brokenBefore, repaired, failing }))
  } else
    print.out(`\nbroken before: ${brokenBefore ? 'yes' : 'no'}, repaired after: ${repaired ? 'yes' : 'no'}`)
  return brokenBefore && repaired ? exitCodes.done : exitCodes.problem
}
