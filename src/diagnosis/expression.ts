import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { fail, type Result, succeed } from '../base/index.ts'
import type { Facts } from '../facts/index.ts'
import { isNode } from './syntax.ts'

/** What is wrong with an expression; `column` counts from 1. */
export type ExpressionError = { readonly message: string; readonly column: number }

/** Whether an expression is true over given facts; `undefined` when it cannot be told, such as for a field that is not there. */
export type Expression = {
  /** The top-level names that it reads. */
  readonly names: readonly string[]
  readonly ast: ASTNode
  readonly test: (bindings: Facts) => boolean | undefined
}

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
}

// Facts hold plain numbers, which CEL takes for doubles; integers in an expression are a type of their own, so the two must mix.
const createEnvironment = (): Environment => {
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
  for (const [sign, apply] of Object.entries(arithmetic)) {
    const mixed = (left: unknown, right: unknown): number => apply(Number(left), Number(right))
    environment.registerOperator(`double ${sign} int`, mixed)
    environment.registerOperator(`int ${sign} double`, mixed)
  }
  return environment
}

const environment = createEnvironment()

const macros = new Set(['exists', 'all', 'filter', 'map', 'exists_one', 'existsOne'])

/** The variable that a macro such as `exists` gives each element: `[name, element, rest of the arguments]`. */
const boundBy = (node: ASTNode): string | undefined => {
  if (node.op !== 'rcall' || !macros.has(node.args[0])) return undefined
  const variable = node.args[2][0]
  return variable?.op === 'id' ? variable.args : undefined
}

const namesIn = (value: unknown, bound: readonly string[]): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(part => namesIn(part, bound))
  if (!isNode(value)) return []
  if (value.op === 'id') return bound.includes(value.args) ? [] : [value.args]
  const variable = boundBy(value)
  return namesIn(value.args, variable === undefined ? bound : [...bound, variable])
}

const columnOf = (error: unknown): number => {
  const range = (error as { readonly range?: { readonly start?: number } }).range
  return (range?.start ?? 0) + 1
}

const messageOf = (error: unknown): string =>
  (error as { readonly summary?: string }).summary ?? (error instanceof Error ? error.message : String(error))

const evaluator =
  (run: (bindings: Facts) => unknown) =>
  (bindings: Facts): boolean | undefined => {
    try {
      const value = run(bindings)
      return typeof value === 'boolean' ? value : undefined
    } catch {
      return undefined
    }
  }

/** Compiles a CEL expression over facts. Whole and decimal numbers may be mixed freely. */
export const compileExpression = (text: string): Result<Expression, ExpressionError> => {
  try {
    const parsed = environment.parse(text)
    const { valid, error } = parsed.check()
    if (!valid) return fail({ message: messageOf(error), column: columnOf(error) })
    const names = [...new Set(namesIn(parsed.ast, []))]
    return succeed({ names, ast: parsed.ast, test: evaluator(parsed) })
  } catch (error) {
    return fail({ message: messageOf(error), column: columnOf(error) })
  }
}

/** What an expression gives over facts; `undefined` where it cannot be told or the expression is none. */
export const evaluateValue = (text: string, bindings: Facts): unknown => {
  try {
    return environment.parse(text)(bindings)
  } catch {
    return undefined
  }
}
