import type { Condition } from '../base/index.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { judgeCause } from './judge-cause.ts'
import { judgeFact } from './judge-fact.ts'
import { judgeText } from './judge-text.ts'
import { hasResult } from './looked.ts'
import type { BranchQuestion, Judgement, RunResult, Verdict } from './types.ts'

type Opinion = Omit<Verdict, 'branch'>

const judgeRest = (before: readonly Opinion[]): Opinion => {
  if (before.some(opinion => opinion.status === 'holds'))
    return { status: 'fails', because: 'another branch holds', evidence: [] }
  return before.every(opinion => opinion.status === 'fails')
    ? { status: 'holds', because: 'nothing above applies', evidence: [] }
    : { status: 'unknown', because: 'not everything above could be told', evidence: [] }
}

type Bench = { readonly knowledge: Knowledge; readonly results: readonly RunResult[] }

const judge = (condition: Condition, { knowledge, results }: Bench, before: readonly Opinion[]): Opinion => {
  if (condition.kind === 'choice') return { status: 'unknown', because: 'your choice', evidence: [] }
  if (results.length === 0) return { status: 'unknown', because: 'nothing has run yet', evidence: [] }
  if (condition.kind === 'otherwise') return judgeRest(before)
  if (condition.kind === 'cause') return judgeCause(knowledge, condition.id, results)
  return condition.kind === 'fact'
    ? judgeFact(condition.expression, results)
    : judgeText(condition.pattern, results)
}

/**
 * Judges a step's branches in order. The first that holds is recommended; `otherwise` holds only when all before it fail. What
 * could not be told is unknown and never recommended: then a person is asked.
 */
export const evaluateBranches = (knowledge: Knowledge, question: BranchQuestion): Judgement => {
  const bench = { knowledge, results: question.results.filter(hasResult) }
  const verdicts: Verdict[] = []
  for (const [branch, condition] of question.conditions.entries()) {
    verdicts.push({ branch, ...judge(condition, bench, verdicts) })
  }
  return { verdicts, recommended: verdicts.find(verdict => verdict.status === 'holds')?.branch }
}
