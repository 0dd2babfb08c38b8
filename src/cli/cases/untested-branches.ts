import { isFixStep } from '../../session/index.ts'
import type { Branch, Step, Tree } from '../../tree/index.ts'
import type { CaseResult } from './run-cases.ts'

/** A branch that outputs decide, of which no case shows that it is taken, or none that it is not. */
export type UntestedBranch = { readonly step: string; readonly when: string; readonly lacks: 'taken' | 'not' }

const isMachines = ({ condition }: Branch): boolean => ['cause', 'fact', 'text'].includes(condition.kind)

const lacksOf = (results: readonly CaseResult[], at: number): UntestedBranch['lacks'] | undefined => {
  if (!results.some(({ judged }) => judged.judgement.recommended === at)) return 'taken'
  const notHolding = results.some(({ judged }) => judged.judgement.verdicts[at]?.status !== 'holds')
  return notHolding ? undefined : 'not'
}

const untestedOf = (step: Step, results: readonly CaseResult[]): readonly UntestedBranch[] =>
  step.branches.flatMap((branch, at) => {
    const lacks = isMachines(branch) ? lacksOf(results, at) : undefined
    return lacks === undefined ? [] : [{ step: step.id, when: branch.when, lacks }]
  })

/** The branches that outputs decide and that cases leave open: fix steps aside, each should have a case that takes it and one that does not. */
export const untestedBranches = (tree: Tree, results: readonly CaseResult[]): readonly UntestedBranch[] =>
  tree.steps
    .filter(step => !isFixStep(step, new Map()))
    .flatMap(step =>
      untestedOf(
        step,
        results.filter(result => result.runbook === tree.name && result.step === step.id),
      ),
    )
