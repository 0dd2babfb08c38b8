import type { InPieces } from '../base/index.ts'
import type { Facts, FactValue } from '../facts/index.ts'
import { unprovenAbsence } from './absence.ts'
import { bindingsOf } from './bindings.ts'
import type { Clue } from './clue.ts'
import type { ConditionRule, Knowledge } from './compile-knowledge.ts'
import { type FactWitness, factWitness } from './fact-evidence.ts'
import { groundsOf } from './grounds-of.ts'
import { findingTexts, mayHold } from './may-hold.ts'
import { fillSentence } from './sentence.ts'
import type { Evidence, Observation } from './types.ts'

/** Tells whether everything that a condition reads was collected. */
export const canBeTested = ({ condition, expression }: ConditionRule, bindings: Facts): boolean =>
  [condition.each, ...expression.names].every(name => name === undefined || name === 'it' || name in bindings)

const elementsOf = (each: string, bindings: Facts): readonly FactValue[] => {
  const list = bindings[each]
  return Array.isArray(list) ? list : []
}

/** What makes a condition true: the elements of its list that do, or the whole. Empty when it is not true. */
export const evidenceFor = (
  rule: ConditionRule,
  bindings: Facts,
  witness: FactWitness,
): readonly Evidence[] => {
  const { each, says, rule: name } = rule.condition
  if (each !== undefined) {
    return elementsOf(each, bindings).flatMap((it, index) =>
      rule.expression.test({ ...bindings, it }) === true
        ? [witness([`${each}[${index}]`], fillSentence(says, it), name)]
        : [],
    )
  }
  if (rule.expression.test(bindings) !== true) return []
  return [witness(groundsOf(rule.expression, bindings), fillSentence(says, bindings), name)]
}

/** The causes that an output's facts point to, one condition after another. A condition over facts that were never collected says nothing. */
export function* findingByFacts(knowledge: Knowledge, observation: Observation): InPieces<readonly Clue[]> {
  const witness = factWitness(observation)
  const found = yield* findingTexts(knowledge, observation.output)
  const clues: Clue[] = []
  for (const rule of knowledge.conditions) {
    yield
    const bindings = bindingsOf(rule.expression, observation.facts, observation)
    if (!canBeTested(rule, bindings) || unprovenAbsence(rule.expression, [observation])) continue
    if (!mayHold(rule.expression, bindings, found)) continue
    const { cause, condition } = rule
    for (const evidence of evidenceFor(rule, bindings, witness))
      clues.push({ cause, severity: condition.severity, origin: 'fact', evidence })
  }
  return clues
}
