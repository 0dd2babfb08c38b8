import { type Facts, mergeFacts } from '../facts/index.ts'
import { unprovenAbsence } from './absence.ts'
import { bindingsOf } from './bindings.ts'
import { isResultName } from './check-condition.ts'
import type { ConditionRule } from './compile-knowledge.ts'
import { nowhere } from './fact-evidence.ts'
import { canBeTested, evidenceFor } from './find-by-facts.ts'
import { hasLooked } from './looked.ts'
import type { Evidence, RunResult } from './types.ts'

const readsOutput = ({ expression }: ConditionRule): boolean => expression.names.some(isResultName)

const readsFacts = ({ condition, expression }: ConditionRule): boolean =>
  condition.each !== undefined || expression.names.some(name => !isResultName(name))

const mergedFacts = (results: readonly RunResult[]): Facts => mergeFacts(results.map(result => result.facts))

/**
 * What speaks for a cause only when the facts of several commands of a step are seen together, such as a load and the number of
 * processors. Conditions that look at one command's output are left to the findings of that command.
 */
export const evidenceOfStep = (
  rules: readonly ConditionRule[],
  results: readonly RunResult[],
): readonly Evidence[] => {
  const merged = mergedFacts(results)
  return rules
    .filter(rule => rule.condition.severity !== 'info' && !readsOutput(rule) && canBeTested(rule, merged))
    .filter(rule => unprovenAbsence(rule.expression, results) === undefined)
    .flatMap(rule => evidenceFor(rule, merged, nowhere))
}

const tells = (rule: ConditionRule, results: readonly RunResult[], merged: Facts): boolean => {
  if (readsOutput(rule)) {
    return results.some(
      result =>
        canBeTested(rule, bindingsOf(rule.expression, result.facts, result)) &&
        (readsFacts(rule) || hasLooked(result)),
    )
  }
  if (!canBeTested(rule, merged)) return false
  return rule.condition.each !== undefined || rule.expression.test(merged) !== undefined
}

/** Tells whether any of a cause's conditions could be answered from what a step's commands collected. */
export const conditionsTell = (rules: readonly ConditionRule[], results: readonly RunResult[]): boolean => {
  const merged = mergedFacts(results)
  return rules.some(rule => tells(rule, results, merged))
}
