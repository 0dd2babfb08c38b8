import { compileExpression, type ExpressionError } from './expression.ts'

/** The names that a branch condition may use besides facts. */
export const resultNames = ['exit', 'timedOut', 'output', 'lines', 'command', 'now'] as const

const positionOf = (expression: string, name: string): number => {
  const match = new RegExp(`(?:^|[^\\w.])(${name})\\b`).exec(expression)
  return match === null ? 1 : match.index + match[0].length - name.length + 1
}

/**
 * Checks a CEL condition: `undefined` when it is right, else what is wrong and where (column from 1). `knownFacts` are the
 * top-level facts that it may name; `exit`, `timedOut`, `output`, `lines`, `command` and `now` are always known.
 */
export const checkCondition = (
  expression: string,
  knownFacts: readonly string[],
): ExpressionError | undefined => {
  const compiled = compileExpression(expression)
  if (!compiled.ok) return compiled.error
  const known: readonly string[] = [...knownFacts, ...resultNames]
  const unknown = compiled.value.names.find(name => !known.includes(name))
  if (unknown === undefined) return undefined
  return { message: `there is no fact named ${unknown}`, column: positionOf(expression, unknown) }
}
