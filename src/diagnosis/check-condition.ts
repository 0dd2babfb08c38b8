import { compileExpression, type ExpressionError } from './expression.ts'

/** The names that a branch condition may use besides facts. */
export const resultNames = ['exit', 'timedOut', 'output', 'lines', 'command', 'now'] as const

/** Tells whether a name stands for one result itself, and not for a fact. */
export const isResultName = (name: string): boolean => (resultNames as readonly string[]).includes(name)

/** What each of these names holds. */
export const resultDocs = {
  exit: 'How the newest command of the step ended: its exit code, 127 when the program is missing. Unknown when it did not end by itself.',
  timedOut: 'Whether the newest command was stopped after its time.',
  output: 'What the newest command printed, as one text.',
  lines: 'The same, as a list of lines.',
  command: 'The newest command as it ran.',
  now: 'When it ended.',
} as const satisfies Readonly<Record<(typeof resultNames)[number], string>>

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
