import { describe, expect, test } from 'vitest'
import type { StepRef } from '../../src/base/index.ts'
import type { Step, Tree } from '../../src/tree/index.ts'
import { library, runbookOf } from './kit.ts'

const start: StepRef = { runbook: 'start-here', step: runbookOf('start-here').start ?? '' }

const keyOf = ({ runbook, step }: StepRef): string => `${runbook}#${step}`

const stepAt = ({ runbook, step }: StepRef): Step | undefined =>
  library.trees.get(runbook)?.stepById.get(step)

/** Where a step itself leads: by its branches and links; to what follows it in the document only where it has no branch. */
const waysFrom = (runbook: string, step: Step): readonly StepRef[] => {
  const next = step.next === undefined || step.branches.length > 0 ? [] : [{ runbook, step: step.next }]
  const links = [...step.branches, ...step.links].flatMap(({ to }) => (to.kind === 'step' ? [to.ref] : []))
  return [...links, ...next]
}

/** The steps that can be come to from those given. */
const reach = (from: readonly StepRef[]): ReadonlySet<string> => {
  const reached = new Set<string>()
  const open = [...from]
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    const step = stepAt(ref)
    if (step === undefined || reached.has(keyOf(ref))) continue
    reached.add(keyOf(ref))
    open.push(...waysFrom(ref.runbook, step))
  }
  return reached
}

const acts = ({ commands, branches }: Step): boolean => commands.length + branches.length > 0

const endsWell = (tree: Tree, step: Step): boolean =>
  step.branches.some(({ to }) => to.kind !== 'step') || waysFrom(tree.name, step).length > 0

describe('the way from start-here', () => {
  const reached = reach([start])

  test.each([...library.trees.keys()])('leads to every step of %s', runbook => {
    const steps = runbookOf(runbook).steps.filter(acts)
    expect(steps.map(({ id }) => id).filter(step => !reached.has(keyOf({ runbook, step })))).toEqual([])
  })

  test.each([...library.trees.keys()])('ends in %s only where it is resolved or handed over', runbook => {
    const tree = runbookOf(runbook)
    const deadEnds = tree.steps.filter(step => acts(step) && !endsWell(tree, step))
    expect(deadEnds.map(({ id }) => id)).toEqual([])
  })

  test('leads from every symptom of the entry to a step', () => {
    const symptoms = runbookOf('start-here').symptoms.flatMap(({ go }) =>
      go.kind === 'step' ? [go.ref] : [],
    )
    expect(symptoms.filter(ref => stepAt(ref) === undefined)).toEqual([])
  })
})
