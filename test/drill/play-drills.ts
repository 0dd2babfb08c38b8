import { describe, expect, test } from 'vitest'
import { loadDrills } from '../../src/cli/drill/drills.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import { type Drill, openDrill } from '../../src/drill/index.ts'
import { drillTime, play, walkAloneIn } from './kit.ts'

const { causes } = loadKnowledge()
const library = loadBundledLibrary()

/** Drills at which a walk alone does not find an accepted cause in time, or stops with a question: and why. */
export const notAlone: Readonly<Record<string, string>> = {
  'apiserver-flooded': 'it is found, and then a person says who may be stopped that asks so much',
  'etcd-disk-full': 'it is found, and then a person says what may be removed',
  'etcd-restore': 'it is found, and then a person says whether and what to restore',
  'gravity-upgrade-interrupted': 'whether the upgrade goes on or is taken back is for its owner to say',
}

const MOST_STEPS = 25

/** Longer than a cluster waits for anything by itself: evictions, back-offs and autoscalers take five minutes at most. */
const DOING_NOTHING = 'sleep 330'

/** Plays those of the bundled drills that are chosen: doing nothing, the solution, another fix, and a wrong one. */
export const playDrills = (isChosen: (drill: Drill) => boolean): void => {
  const chosen = loadDrills().filter(isChosen)
  describe.each(chosen.map(drill => [drill.name, drill] as const))('the drill %s', (_name, drill) => {
    test('names causes and a runbook that exist', () => {
      expect(drill.causes.filter(cause => !causes.has(cause))).toEqual([])
      const [runbook = '', step] = drill.runbook.split('#')
      const tree = library.trees.get(runbook)
      expect(tree).toBeDefined()
      expect(step === undefined || tree?.stepById.has(step)).toBe(true)
    })

    test('is broken, found by a walk alone, and repaired by its solution and another fix, but not by waiting or a wrong fix', async () => {
      const world = await openDrill(drill, drillTime)
      const { foundAt, status } = await walkAloneIn(drill, world)
      const isAlone = foundAt !== undefined && foundAt <= MOST_STEPS && status !== 'asked'
      expect({ isAlone, foundAt, status }).toMatchObject({ isAlone: !Object.hasOwn(notAlone, drill.name) })
      const waited = await play(drill, world, [DOING_NOTHING])
      expect(waited.failing).not.toEqual([])
      const solved = await play(drill, world, drill.solution)
      expect(solved.failing).toEqual([])
      expect(drill.causes.some(cause => solved.shown.has(cause))).toBe(true)
      expect(drill.otherFix).not.toEqual([])
      expect((await play(drill, world, drill.otherFix)).failing).toEqual([])
      expect(drill.wrongFix).not.toEqual([])
      expect((await play(drill, world, drill.wrongFix)).failing).not.toEqual([])
    }, 60_000)
  })
}
