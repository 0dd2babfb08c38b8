import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadDrills } from '../src/cli/drill/drills.ts'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../src/cli/load-library.ts'

/** What carries a scenario of the documents: steps as `RUNBOOK#STEP`, in the order of the scenario, the cause of its fault, and the drills that practise it. */
type Carrier = {
  readonly steps: readonly string[]
  readonly cause?: string
  readonly drills?: readonly string[]
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

const scenarios = new Set(read('fixtures/traceability/scenarios.txt').trim().split('\n'))
const carriers = Object.entries(parse(read('traceability-scenarios.yaml')) as Record<string, Carrier>)
const library = loadBundledLibrary()
const knowledge = loadKnowledge()

const exists = (name: string): boolean => {
  const [runbook = '', step = ''] = name.split('#')
  return library.trees.get(runbook)?.stepById.has(step) ?? false
}

/** Fewer would mean that the drills' own lists are no longer read. */
const drillScenarios = 40

describe('every scenario of the documents', () => {
  test('stands in the list, and nothing else does', () => {
    expect(scenarios.size).toBe(96)
    expect(carriers.map(([id]) => id).sort()).toEqual([...scenarios].sort())
  })

  test('is walked at steps that exist', () => {
    expect(carriers.filter(([, { steps }]) => steps.length === 0 || !steps.every(exists))).toEqual([])
  })

  test('has a cause that exists, if any', () => {
    const wrong = carriers.filter(([, { cause }]) => cause !== undefined && !knowledge.causes.has(cause))
    expect(wrong).toEqual([])
  })

  test('is practised by the drills that say so, and by no other', () => {
    const said = loadDrills().flatMap(({ name, scenarios: of }) => of.map(id => `${id} ${name}`))
    const listed = carriers.flatMap(([id, { drills = [] }]) => drills.map(name => `${id} ${name}`))
    expect(listed.length).toBeGreaterThan(drillScenarios)
    expect(listed.sort()).toEqual(said.sort())
  })
})
