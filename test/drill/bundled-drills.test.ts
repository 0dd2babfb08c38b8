import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadDrills } from '../../src/cli/drill/drills.ts'
import { notAlone } from './play-drills.ts'

const drills = loadDrills()

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
