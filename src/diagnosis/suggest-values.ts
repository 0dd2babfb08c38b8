import type { Facts } from '../facts/index.ts'
import { evaluateValue } from './expression.ts'

const textsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value === 'string') return value === '' ? [] : [value]
  return typeof value === 'number' || typeof value === 'bigint' ? [String(value)] : []
}

/** The texts that a CEL expression gives over facts, each once; none where it cannot be told. */
export const suggestValues = (expression: string, facts: Facts): readonly string[] => [
  ...new Set(textsIn(evaluateValue(expression, facts))),
]
