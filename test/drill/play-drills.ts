import { describe, expect, test } from 'vitest'
import { loadDrills } from '../../src/cli/drill/drills.ts'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import { type Drill, failedChecks, fillHandles, openDrill } from '../../src/drill/index.ts'
import { drillTime, failingAfter, knowledge, walkAloneIn } from './kit.ts'
import { playPlain } from './play-plain.ts'

const { causes } = knowledge
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

/** Plays those of the bundled drills that are chosen: doing nothing, the solution in linear text to the end of the drill, another fix, and a wrong one. */
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
      expect(await failingAfter(drill, world, [DOING_NOTHING])).not.toEqual([])
      const solved = structuredClone(world)
      const { end, text, shown } = await playPlain(drill, solved)
      expect(end).toBe('finish')
      expect((await failedChecks(drill, solved)).map(check => check.line)).toEqual([])
      expect(drill.causes.some(cause => shown.has(cause))).toBe(true)
      expect(text).toContain(fillHandles(world, drill.story).trim().split(/\s+/).slice(0, 4).join(' '))
      expect(text).toContain(`Right: ${drill.causes[0]}`)
      expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f]/)
      expect(drill.otherFix).not.toEqual([])
      expect(await failingAfter(drill, world, drill.otherFix)).toEqual([])
      expect(drill.wrongFix).not.toEqual([])
      expect(await failingAfter(drill, world, drill.wrongFix)).not.toEqual([])
    }, 60_000)
  })
}
