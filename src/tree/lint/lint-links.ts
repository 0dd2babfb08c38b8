import type { Destination, Diagnostic } from '../../base/index.ts'
import type { LintContext } from './lint-context.ts'
import { diagnose } from './remark.ts'

const isBroken = ({ tree, checks }: LintContext, to: Destination): boolean => {
  if (to.kind !== 'step') return false
  return to.ref.runbook === tree.name ? !tree.stepById.has(to.ref.step) : !checks.knownRunbookStep(to.ref)
}

/** In a larger tree, looking for what was meant by each of many broken links would take longer than it is worth. */
const searchedSteps = 3000

const nearestStep = ({ tree }: LintContext, id: string): string | undefined =>
  tree.steps.slice(0, searchedSteps).find(step => step.id.includes(id) || id.includes(step.id))?.id

const remarkBroken = (context: LintContext, to: Destination, line: number): readonly Diagnostic[] => {
  if (to.kind !== 'step' || !isBroken(context, to)) return []
  const { runbook, step } = to.ref
  const own = runbook === context.tree.name
  const near = own ? nearestStep(context, step) : undefined
  const name = own ? `#${step}` : `${runbook}.md#${step}`
  return [
    diagnose({
      code: 'E_LINT_BROKEN_LINK',
      severity: context.grade('error'),
      message: `Nothing is called ${name}.`,
      advice: near === undefined ? 'Link to the slug of a heading.' : `Did you mean #${near}?`,
      line,
    }),
  ]
}

/** Finds branches, links and symptoms that lead to a step that does not exist. */
export const lintLinks = (context: LintContext): readonly Diagnostic[] => {
  const { steps, symptoms } = context.tree
  return [
    ...symptoms.flatMap(({ go, line }) => remarkBroken(context, go, line)),
    ...steps.flatMap(step =>
      [...step.branches, ...step.links].flatMap(({ to, line }) => remarkBroken(context, to, line)),
    ),
  ]
}
