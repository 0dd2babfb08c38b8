import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadDrills } from '../../src/cli/drill/drills.ts'
import { loadKnowledge } from '../../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../../src/cli/load-library.ts'
import { openDrill } from '../../src/drill/index.ts'
import { drillTime, play, walkAloneIn } from './kit.ts'

const drills = loadDrills()
const { causes } = loadKnowledge()
const library = loadBundledLibrary()

const idsIn = (file: string): ReadonlySet<string> =>
  new Set(
    readFileSync(new URL(`../fixtures/traceability/${file}`, import.meta.url), 'utf8')
      .trim()
      .split('\n'),
  )

const scenarios = idsIn('scenarios.txt')

/** Scenarios that could be drilled and are not, and why. */
const undrilled: Readonly<Record<string, string>> = {
  'g-debugpod': 'a tool of other scenarios: a pod to look around in',
  'g-share': 'a tool of other scenarios: the folder that host and Planet share',
}

test('the drills go over every layer, every level and every world, and six or more are of the highest level', () => {
  const differing = (pick: (drill: (typeof drills)[number]) => unknown): number =>
    new Set(drills.map(pick)).size
  expect(differing(drill => drill.layer)).toBe(6)
  expect(differing(drill => drill.level)).toBe(4)
  expect(differing(drill => drill.world)).toBe(3)
  expect(drills.length).toBeGreaterThanOrEqual(40)
  expect(drills.filter(drill => drill.level === 4).length).toBeGreaterThanOrEqual(6)
})

test('the scenarios that drills name exist', () => {
  expect(drills.flatMap(drill => drill.scenarios.filter(id => !scenarios.has(id)))).toEqual([])
})

/** Drills at which a walk alone does not find an accepted cause in time, or stops with a question: and why. */
const notAlone: Readonly<Record<string, string>> = {
  'apiserver-flooded': 'it is found, and then a person says who may be stopped that asks so much',
  'etcd-restore': 'it is found, and then a person says whether and what to restore',
  'gravity-upgrade-interrupted': 'whether the upgrade goes on or is taken back is for its owner to say',
}

const MOST_STEPS = 25
const LEAST_SHARE = 0.8

test('at most a fifth of the drills need a person to find an accepted cause', () => {
  expect(Object.keys(notAlone).filter(name => !drills.some(drill => drill.name === name))).toEqual([])
  expect(1 - Object.keys(notAlone).length / drills.length).toBeGreaterThanOrEqual(LEAST_SHARE)
})

test('every scenario that suits a drill has one', () => {
  const drilled = new Set(drills.flatMap(drill => drill.scenarios))
  const lacking = [...idsIn('drillable.txt')].filter(id => !drilled.has(id))
  expect(lacking.sort()).toEqual(Object.keys(undrilled).sort())
})

describe.each(drills.map(drill => [drill.name, drill] as const))('the drill %s', (_name, drill) => {
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
    const waited = await play(drill, world, ['sleep 600'])
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
