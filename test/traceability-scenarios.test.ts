import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadKnowledge } from '../src/cli/load-knowledge.ts'
import { loadBundledLibrary } from '../src/cli/load-library.ts'

/** What carries a scenario of the documents: steps as `RUNBOOK#STEP`, in the order of the scenario, and the cause of its fault. */
type Carrier = { readonly steps: readonly string[]; readonly cause?: string }

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

const scenarios = new Set(read('fixtures/traceability/scenarios.txt').trim().split('\n'))
const carriers = Object.entries(parse(read('traceability-scenarios.yaml')) as Record<string, Carrier>)
const library = loadBundledLibrary()
const knowledge = loadKnowledge()

const exists = (name: string): boolean => {
  const [runbook = '', step = ''] = name.split('#')
  return library.trees.get(runbook)?.stepById.has(step) ?? false
}

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
})
