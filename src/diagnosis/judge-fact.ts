import { type Facts, mergeFacts } from '../facts/index.ts'
import { unprovenAbsence } from './absence.ts'
import { bindingsOf } from './bindings.ts'
import { isResultName } from './check-condition.ts'
import { compileExpression, type Expression } from './expression.ts'
import { rowsThatHold } from './rows-that-hold.ts'
import { sayFactValues } from './say-fact-values.ts'
import type { RunResult, Verdict } from './types.ts'

type Opinion = Omit<Verdict, 'branch'>

const unknown = (because: string): Opinion => ({ status: 'unknown', because, evidence: [] })

const resultSentence = ({ outcome }: RunResult): string => {
  if (outcome.kind === 'exited') return `the command ended with exit code ${outcome.code}`
  return outcome.kind === 'timed-out'
    ? 'the command did not end in time'
    : 'the command did not run to its end'
}

/** What an expression was tested on. */
type Trial = { readonly results: readonly RunResult[]; readonly newest: RunResult; readonly facts: Facts }

const holding = (expression: Expression, { results, newest, facts }: Trial): Opinion => {
  const rows = results.flatMap(result => rowsThatHold(expression, result))
  const isOfResult = expression.names.every(name => name === 'exit' || name === 'timedOut')
  const reason = isOfResult ? resultSentence(newest) : sayFactValues(expression.ast, facts)
  const more = rows.length > 1 ? ` and ${rows.length - 1} more` : ''
  const because = rows[0]?.text ?? reason ?? 'the collected facts say so'
  return { status: 'holds', because: `${because}${more}`, evidence: rows }
}

/** Tells whether an expression is about how a command ended and what it printed, and not about facts of the machine. */
export const speaksOfRun = (expression: string): boolean => {
  const compiled = compileExpression(expression)
  return compiled.ok && compiled.value.names.every(isResultName)
}

const judge = (expression: Expression, results: readonly RunResult[], newest: RunResult): Opinion => {
  const facts: Facts = mergeFacts(results.map(result => result.facts))
  const bindings = bindingsOf(expression, facts, newest)
  const missing = expression.names.find(name => !(name in bindings))
  if (missing === 'exit') return unknown(resultSentence(newest))
  if (missing !== undefined) return unknown(`${missing} was not collected`)
  const answer = expression.test(bindings)
  if (answer === undefined) return unknown('the collected facts lack a field that this needs')
  const unproven = answer ? unprovenAbsence(expression, results) : undefined
  if (unproven !== undefined) return unknown(`only a part of ${unproven} was shown: the output was filtered`)
  if (answer) return holding(expression, { results, newest, facts })
  const values = sayFactValues(expression.ast, facts)
  return { status: 'fails', because: values ?? 'the collected facts say no', evidence: [] }
}

/** Judges a branch that is a CEL expression, over the merged facts of the results and the newest result's exit and output. */
export const judgeFact = (expression: string, results: readonly RunResult[]): Opinion => {
  const compiled = compileExpression(expression)
  if (!compiled.ok) return unknown(`the condition does not parse: ${compiled.error.message}`)
  const newest = results.at(-1)
  return newest === undefined ? unknown('nothing has run yet') : judge(compiled.value, results, newest)
}
