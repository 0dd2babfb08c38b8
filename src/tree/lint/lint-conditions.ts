import { type Diagnostic, isLayer, type TextPattern } from '../../base/index.ts'
import type { Branch, Step } from '../types.ts'
import { checkRegex } from './check-regex.ts'
import type { LintContext } from './lint-context.ts'
import { diagnose } from './remark.ts'

type Place = { readonly line: number; readonly column?: number }

/** A pattern that cannot be used is an error in any document: it would be looked for in vain. */
const lintPattern = (pattern: TextPattern, { line, column = 1 }: Place): readonly Diagnostic[] => {
  const problem = pattern.kind === 'regex' ? checkRegex(pattern.source, pattern.flags) : undefined
  if (problem === undefined || pattern.kind !== 'regex') return []
  return [
    diagnose({
      code: 'E_LINT_REGEX',
      severity: 'error',
      message: `The regular expression /${pattern.source}/ ${problem}.`,
      advice: 'Use a pattern without lookaround and backreferences, or plain text.',
      line,
      column,
    }),
  ]
}

const lintCause = ({ checks, grade }: LintContext, id: string, place: Place): readonly Diagnostic[] => {
  if (isLayer(id) || checks.knownCause(id)) return []
  return [
    diagnose({
      code: 'E_LINT_UNKNOWN_CAUSE',
      severity: grade('error'),
      message: `There is no cause "${id}".`,
      advice: 'Use the id of a cause in runbooks/causes/ or the name of a layer.',
      ...place,
    }),
  ]
}

const lintFact = (
  { checks, grade }: LintContext,
  expression: string,
  place: Place,
): readonly Diagnostic[] => {
  const problem = checks.checkCondition(expression)
  if (problem === undefined) return []
  const column = (place.column ?? 1) + (problem.column ?? 1) - 1
  return [
    diagnose({
      code: 'E_LINT_CONDITION',
      severity: grade('error'),
      message: `The condition cannot be used: ${problem.message}`,
      advice: '"runtree facts" shows which facts a command gives.',
      line: place.line,
      column,
    }),
  ]
}

const lintBranch = (context: LintContext, { condition, line, column = 1 }: Branch): readonly Diagnostic[] => {
  const place = { line, column }
  if (condition.kind === 'cause') return lintCause(context, condition.id, place)
  if (condition.kind === 'fact') return lintFact(context, condition.expression, place)
  return condition.kind === 'text' ? lintPattern(condition.pattern, place) : []
}

/** A choice behind `otherwise` can still be made by a person; anything else would never be tried. */
const lintOrder = ({ grade }: LintContext, { branches }: Step): readonly Diagnostic[] => {
  const at = branches.findIndex(branch => branch.condition.kind === 'otherwise')
  const late = at < 0 ? undefined : branches.slice(at + 1).find(branch => branch.condition.kind !== 'choice')
  if (late === undefined) return []
  return [
    diagnose({
      code: 'E_LINT_OTHERWISE_NOT_LAST',
      severity: grade('error'),
      message: 'This branch stands behind "otherwise" and is never tried.',
      advice: 'Put "otherwise" last.',
      line: late.line,
    }),
  ]
}

/** While a choice before it is open, `otherwise` is not known to hold and nobody is led on by it. */
const lintChoice = ({ grade }: LintContext, { branches }: Step): readonly Diagnostic[] => {
  const at = branches.findIndex(branch => branch.condition.kind === 'otherwise')
  const early = branches.slice(0, Math.max(0, at)).find(branch => branch.condition.kind === 'choice')
  if (early === undefined) return []
  return [
    diagnose({
      code: 'E_LINT_CHOICE_BEFORE_OTHERWISE',
      severity: grade('warning'),
      message: 'This choice stands before "otherwise", which then never holds by itself.',
      advice: 'Put choices behind "otherwise", or give the branch a condition.',
      line: early.line,
    }),
  ]
}

const lintFrom = ({ tree, checks, grade }: LintContext): readonly Diagnostic[] =>
  tree.variables.flatMap(({ name, from }) => {
    const problem = from === undefined ? undefined : checks.checkCondition(from)
    if (problem === undefined) return []
    const message = `The suggestion of ${name} cannot be used: ${problem.message}`
    const advice = 'Write a CEL expression over facts that gives a value or a list of them.'
    return [diagnose({ code: 'E_LINT_FROM', severity: grade('error'), message, advice, line: 1 })]
  })

/** Checks conditions and patterns: that they parse, name known causes and facts, are quick, and stand in a sensible order. */
export const lintConditions = (context: LintContext): readonly Diagnostic[] => [
  ...lintFrom(context),
  ...context.tree.steps.flatMap(step => [
    ...step.lookFor.flatMap(lookFor => lintPattern(lookFor.pattern, lookFor)),
    ...step.branches.flatMap(branch => lintBranch(context, branch)),
    ...lintOrder(context, step),
    ...lintChoice(context, step),
  ]),
]
