import type { Position, TextPattern } from '../base/index.ts'
import { factDocs } from '../facts/index.ts'
import { checkCondition } from './check-condition.ts'
import { compilePattern } from './pattern.ts'
import type { Cause, CauseCondition } from './types.ts'

/** Where a part of a cause stands in its file, given the path from the cause. */
export type CausePlace = (path: readonly (string | number)[]) => Position

/** Something wrong with a cause. */
export type CauseFault = { readonly code: string; readonly message: string; readonly at: Position }

const patternFault = (pattern: TextPattern, at: Position): readonly CauseFault[] => {
  const compiled = compilePattern(pattern)
  return compiled.ok
    ? []
    : [{ code: 'E_CAUSES_PATTERN', message: `the pattern cannot be used: ${compiled.error}`, at }]
}

const conditionFault = (condition: CauseCondition, at: Position): readonly CauseFault[] => {
  const names = Object.keys(factDocs)
  const element = condition.each === undefined ? [] : ['it']
  const wrong = checkCondition(condition.when, [...names, ...element])
  if (wrong !== undefined) {
    const message = `the condition is wrong at column ${wrong.column}: ${wrong.message}`
    return [{ code: 'E_CAUSES_CONDITION', message, at }]
  }
  if (condition.each === undefined || names.includes(condition.each)) return []
  return [{ code: 'E_CAUSES_CONDITION', message: `there is no fact named ${condition.each}`, at }]
}

/** What is wrong with the patterns and conditions of a cause whose shape is right. */
export const checkCause = (cause: Cause, place: CausePlace): readonly CauseFault[] => [
  ...cause.patterns.flatMap(({ pattern }, index) => patternFault(pattern, place(['patterns', index]))),
  ...cause.benign.flatMap((pattern, index) => patternFault(pattern, place(['benign', index]))),
  ...(cause.recovered ?? []).flatMap((pattern, index) => patternFault(pattern, place(['recovered', index]))),
  ...(cause.signs ?? []).flatMap(({ of, says }, index) =>
    [of, says].flatMap(pattern =>
      pattern === undefined ? [] : patternFault(pattern, place(['signs', index])),
    ),
  ),
  ...cause.conditions.flatMap((condition, index) => conditionFault(condition, place(['conditions', index]))),
]
