import { describe, expect, it } from 'vitest'
import { loadDrills } from '../../../src/cli/drill/drills.ts'
import { shellAt, type World } from '../../../src/cluster/index.ts'
import { fillHandles, openDrill } from '../../../src/drill/index.ts'
import { presentMs } from '../kit.ts'
import { checkRelations, isThorough } from './desk.ts'
import { openRelations, relations } from './relations.ts'

const TIMEOUT_MS = 600_000
const WAITING = 'sleep 400'

const typeAll = async (world: World, lines: readonly string[]): Promise<void> => {
  const shell = shellAt(world, { machine: world.home, hasTerminal: false })
  for (const line of lines) await shell.run(fillHandles(world, line))
}

const disagreementsIn = async (world: World) =>
  (await checkRelations(world, [...relations, ...openRelations])).disagreements

// All relations in all drills take many minutes: they are checked by hand, with AGREEMENT=all.
describe.skipIf(!isThorough).each(loadDrills())('what tools say in the drill $name', drill => {
  const visits = {
    'as it is found': [],
    'later on': [WAITING],
    'once it is solved': [...drill.solution, WAITING],
  }
  it.each(Object.entries(visits))(
    'holds no contradiction %s',
    async (_when, lines) => {
      const world = await openDrill(drill, { seed: 1, nowMs: presentMs })
      await typeAll(world, lines)
      expect(await disagreementsIn(world)).toEqual([])
    },
    TIMEOUT_MS,
  )
})
