import type { Diagnostic } from '../../base/index.ts'
import type { LintContext } from './lint-context.ts'
import { diagnose } from './remark.ts'

const lintUnasked = ({ tree, grade }: LintContext): readonly Diagnostic[] => {
  const described = new Set(
    tree.variables.filter(variable => variable.about !== undefined).map(({ name }) => name),
  )
  const told = new Set<string>()
  return tree.steps.flatMap(step =>
    step.commands.flatMap(command =>
      command.placeholders.flatMap(({ name }) => {
        if (described.has(name) || told.has(name)) return []
        told.add(name)
        return [
          diagnose({
            code: 'E_LINT_UNDECLARED_PLACEHOLDER',
            severity: grade('warning'),
            message: `Nothing says what ${name} is.`,
            advice: 'Declare it under "variables" with about and type.',
            ...command.span.start,
          }),
        ]
      }),
    ),
  )
}

const lintUnused = ({ tree }: LintContext): readonly Diagnostic[] => {
  const used = new Set(
    tree.steps.flatMap(step =>
      step.commands.flatMap(command => command.placeholders.map(({ name }) => name)),
    ),
  )
  return tree.variables
    .filter(variable => !used.has(variable.name))
    .map(({ name }) =>
      diagnose({
        code: 'E_LINT_UNUSED_VARIABLE',
        severity: 'hint',
        message: `No command uses the variable ${name}.`,
        advice: 'Drop it, or spell it as the command does.',
        line: 1,
      }),
    )
}

/** Checks placeholders against the declared variables, both ways. */
export const lintVariables = (context: LintContext): readonly Diagnostic[] => [
  ...lintUnasked(context),
  ...lintUnused(context),
]
