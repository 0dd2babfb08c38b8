import type { Diagnostic } from '../../base/index.ts'
import { edgesOf, ownStep } from '../edges.ts'
import { reachableSteps } from '../reachable-steps.ts'
import type { Step } from '../types.ts'
import type { LintContext } from './lint-context.ts'
import { diagnose } from './remark.ts'

/** A heading that only groups others does nothing that one could miss. */
const acts = (step: Step): boolean => step.commands.length > 0 || step.branches.length > 0

const lintReach = ({ tree, grade }: LintContext): readonly Diagnostic[] => {
  const reached = reachableSteps(tree)
  return tree.steps
    .filter(step => acts(step) && !reached.has(step.id))
    .map(step =>
      diagnose({
        code: 'E_LINT_UNREACHABLE',
        severity: grade('warning'),
        message: `No way leads to "${step.title}".`,
        advice: 'Branch or link to it, or name it as a symptom.',
        line: step.span.start.line,
      }),
    )
}

/** A step whose ways all lead to itself is as much an end as one without any. */
const isDeadEnd = ({ tree }: LintContext, step: Step): boolean =>
  acts(step) && edgesOf(tree, step).every(edge => ownStep(tree, edge.to) === step.id)

const lintEnds = (context: LintContext): readonly Diagnostic[] =>
  context.tree.steps
    .filter(step => isDeadEnd(context, step))
    .map(step =>
      diagnose({
        code: 'E_LINT_DEAD_END',
        severity: context.grade('warning'),
        message: `"${step.title}" has no way on.`,
        advice: 'Add a branch, at the least one to #resolved or #escalate.',
        line: step.span.start.line,
      }),
    )

/** Finds steps that cannot be reached and steps that lead nowhere. */
export const lintFlow = (context: LintContext): readonly Diagnostic[] => [
  ...lintReach(context),
  ...lintEnds(context),
]
