import type { Diagnostic } from '../../base/index.ts'
import { ownStep } from '../edges.ts'
import type { Step, StepCommand } from '../types.ts'
import type { LintContext } from './lint-context.ts'
import { diagnose } from './remark.ts'

const place = ({ span }: StepCommand): { readonly line: number; readonly column: number } => span.start

const lintUnknown = (context: LintContext, command: StepCommand): readonly Diagnostic[] => {
  if (context.effectOf(command) !== 'unknown') return []
  return [
    diagnose({
      code: 'E_LINT_UNKNOWN_EFFECT',
      severity: context.grade('warning'),
      message: `Whether this command changes anything cannot be told: ${firstLine(command.run)}`,
      advice: 'Say so on the fence, as in {effect=read}; until then it is treated as a change.',
      ...place(command),
    }),
  ]
}

const firstLine = (run: string): string => {
  const [line = ''] = run.split('\n', 1)
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

const ellipsis = /(?:^|\s)(?:\.\.\.|…)(?:\s|$)/

const lintEllipsis = (command: StepCommand): readonly Diagnostic[] => {
  if (!ellipsis.test(command.run)) return []
  const message = 'This command is cut short: dots stand for arguments.'
  return [
    diagnose({
      code: 'E_LINT_CUT_SHORT',
      severity: 'hint',
      message,
      advice: 'Write it out.',
      ...place(command),
    }),
  ]
}

const isChange = (context: LintContext, command: StepCommand): boolean =>
  ['change', 'destructive'].includes(context.effectOf(command))

/** A change is verified by a reading command behind it, or by a branch to a step that reads. */
const isVerified = (context: LintContext, step: Step): boolean => {
  const lastChange = step.commands.findLastIndex(command => isChange(context, command))
  const reads = (command: StepCommand): boolean => context.effectOf(command) === 'read'
  if (step.commands.slice(lastChange + 1).some(reads)) return true
  return step.branches.some(({ to }) => {
    if (to.kind === 'step' && to.ref.runbook !== context.tree.name) return true
    const target = context.tree.stepById.get(ownStep(context.tree, to) ?? '')
    return target !== undefined && target !== step && target.commands.some(reads)
  })
}

const lintVerify = (context: LintContext, step: Step): readonly Diagnostic[] => {
  const change = step.commands.find(command => isChange(context, command))
  if (change === undefined || isVerified(context, step)) return []
  return [
    diagnose({
      code: 'E_LINT_UNVERIFIED_CHANGE',
      severity: context.grade('warning'),
      message: `"${step.title}" changes something, and nothing after it tells whether that helped.`,
      advice: 'Add a branch back to a step whose command verifies.',
      ...place(change),
    }),
  ]
}

/** Checks what commands do: that it can be told, and that every change is verified. */
export const lintCommands = (context: LintContext): readonly Diagnostic[] =>
  context.tree.steps.flatMap(step => [
    ...step.commands.flatMap(command => [...lintUnknown(context, command), ...lintEllipsis(command)]),
    ...lintVerify(context, step),
  ])
