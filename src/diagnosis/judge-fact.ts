import { type Facts, mergeFacts } from '../facts/index.ts'
import { bindingsOf } from './bindings.ts'
import { compileExpression, type Expression } from './expression.ts'
import { rowsThatHold } from './rows-that-hold.ts'
import type { RunResult, Verdict } from './types.ts'

type Opinion = Omit<Verdict, 'branch'>

const unknown = (because: string): Opinion => ({ status: 'unknown', because, evidence: [] })

const resultSentence = ({ outcome }: RunResult): string => {
  if (outcome.kind === 'exited') return `the command ended with exit code ${outcome.code}`
  return outcome.kind === 'timed-out'
    ? 'the command did not end in time'
    : 'the command did not run to its end'
}

const holding = (expression: Expression, results: readonly RunResult[], newest: RunResult): Opinion => {
  const rows = results.flatMap(result => rowsThatHold(expression, result))
  const first =
    rows[0]?.text ??
    (expression.names.every(n => n === 'exit' || n === 'timedOut') ? resultSentence(newest) : undefined)
  const more = rows.length > 1 ? ` and ${rows.length - 1} more` : ''
  return { status: 'holds', because: `${first ?? 'the collected facts say so'}${more}`, evidence: rows }
}

const judge = (expression: Expression, results: readonly RunResult[], newest: RunResult): Opinion => {
  const facts: Facts = mergeFacts(results.map(result => result.facts))
  const bindings = bindingsOf(expression, facts, newest)
  const missing = expression.names.find(name => !(name in bindings))
  if (missing === 'exit') return unknown(resultSentence(newest))
  if (missing !== undefined) return unknown(`${missing} was not collected`)
  const answer = expression.test(bindings)
  if (answer === undefined) return unknown('the collected facts lack a field that this needs')
  return answer
    ? holding(expression, results, newest)
    : { status: 'fails', because: 'the collected facts say no', evidence: [] }
}

/** Judges a branch that is a CEL expression, over the merged facts of the results and the newest result's exit and output. */
export const judgeFact = (expression: string, results: readonly RunResult[]): Opinion => {
  const compiled = compileExpression(expression)
  if (!compiled.ok) return unknown(`the condition does not parse: ${compiled.error.message}`)
  const newest = results.at(-1)
  return newest === undefined ? unknown('nothing has run yet') : judge(compiled.value, results, newest)
}
