import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Shell, shellAt } from '../../../src/cluster/index.ts'
import { openWorld } from '../kit.ts'
import { readScenarios, type Scenario, type TypedLine } from './read-scenarios.ts'

const LIMIT_MS = 3_600_000

/** What is not as it should be in the output of each line, typed one after another. */
const problemsOf = async ({ world: name, lines }: Scenario): Promise<readonly string[]> => {
  const world = openWorld(name)
  const shells = new Map<string, Shell>()
  const type = async ({ on, line, shows, lacks, exit }: TypedLine): Promise<readonly string[]> => {
    const machine = world.handles[on] ?? ''
    const shell = shells.get(on) ?? shellAt(world, { machine, hasTerminal: false })
    shells.set(on, shell)
    const filled = line.replace(/\{([\w-]+)\}/g, (whole, handle) => world.handles[handle] ?? whole)
    const ran = await shell.run(filled, { limitMs: LIMIT_MS })
    const output = ran.stdout + ran.stderr
    const wrong = [
      ...shows.filter(pattern => !pattern.test(output)).map(pattern => `lacks ${pattern}`),
      ...lacks.filter(pattern => pattern.test(output)).map(pattern => `shows ${pattern}`),
      ...(exit === undefined || exit === ran.exit ? [] : [`exit ${ran.exit}`]),
    ]
    return wrong.length === 0 ? [] : [`${on}$ ${filled}\n${wrong.join('\n')}\n${output}`]
  }
  const problems: string[] = []
  for (const typed of lines) problems.push(...(await type(typed)))
  return problems
}

const here = new URL('.', import.meta.url)

/** Describes the scenarios of those files whose names are wanted. */
export const describeScenarios = (wanted: (name: string) => boolean): void => {
  const files = readdirSync(here).filter(
    name => name.endsWith('.scenarios') && wanted(name.replace('.scenarios', '')),
  )
  describe.each(files)('the faults of %s', file => {
    test.each(readScenarios(file).map(scenario => [scenario.name, scenario] as const))(
      '%s',
      async (_name, scenario) => {
        expect((await problemsOf(scenario)).join('\n')).toBe('')
      },
      30_000,
    )
  })
}
