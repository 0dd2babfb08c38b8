import { edgesOf, ownStep } from './edges.ts'
import type { Tree } from './types.ts'

const targetsOf = (tree: Tree, id: string): readonly string[] => {
  const step = tree.stepById.get(id)
  if (step === undefined) return []
  return edgesOf(tree, step).flatMap(edge => ownStep(tree, edge.to) ?? [])
}

/**
 * The ids of the steps that a triage can come to: from the start and the symptoms by branches, links and, where the branches
 * leave a case open, document order. A step counts as reached with any step below it, for its heading is on the way.
 */
export const reachableSteps = (tree: Tree): ReadonlySet<string> => {
  const roots = [tree.start, ...tree.symptoms.map(symptom => ownStep(tree, symptom.go))]
  const open = roots.filter(id => id !== undefined)
  const reached = new Set<string>()
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    for (const target of targetsOf(tree, id)) open.push(target)
  }
  for (const step of [...tree.steps].reverse()) {
    if (step.parent !== undefined && reached.has(step.id)) reached.add(step.parent)
  }
  return reached
}
