import type { ASTNode } from '@marcbachmann/cel-js'
import type { FactValue } from '../facts/index.ts'
import { bindingsOf } from './bindings.ts'
import { compileExpression, type Expression } from './expression.ts'
import { factWitness } from './fact-evidence.ts'
import { describeRow } from './sentence.ts'
import { countedBy, listMacroOf } from './syntax.ts'
import type { Evidence, RunResult } from './types.ts'

/** A part of an expression that asks for elements of a list fact: `filesystems.exists(f, f.usePercent > 90)`. */
export type Question = { readonly fact: string; readonly variable: string; readonly when: string }

const macros = ['exists', 'exists_one', 'filter']

const sourceOf = (node: ASTNode): string => node.input.slice(node.range.start, node.range.end)

/** The questions after elements that an expression asks where their answer speaks for it: none behind a `!`. */
export const questionsIn = (node: ASTNode): readonly Question[] => {
  if (node.op === '&&' || node.op === '||') return node.args.flatMap(questionsIn)
  if (node.op === '>' || node.op === '>=' || node.op === '==' || node.op === '!=')
    return questionsIn(node.args[0])
  const counted = countedBy(node)
  if (counted !== undefined) return questionsIn(counted)
  const macro = listMacroOf(node)
  if (macro === undefined || !macros.includes(macro.name)) return []
  return [{ fact: macro.fact, variable: macro.variable, when: sourceOf(macro.when) }]
}

const answers = ({ fact, variable, when }: Question, result: RunResult): readonly Evidence[] => {
  const rows: FactValue = result.facts[fact] ?? []
  const compiled = compileExpression(when)
  if (!compiled.ok || !Array.isArray(rows)) return []
  const bindings = bindingsOf(compiled.value, result.facts, result)
  const witness = factWitness(result)
  return rows.flatMap((row: FactValue, index: number) =>
    compiled.value.test({ ...bindings, [variable]: row }) === true
      ? [witness([`${fact}[${index}]`], describeRow(fact, row), when)]
      : [],
  )
}

/** The elements of list facts for which the `exists` and `filter` parts of an expression are true, as evidence. */
export const rowsThatHold = (expression: Expression, result: RunResult): readonly Evidence[] =>
  questionsIn(expression.ast).flatMap(question => answers(question, result))
