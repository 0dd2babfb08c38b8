import type { Condition } from '../base/index.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { judgeCause } from './judge-cause.ts'
import { judgeFact, speaksOfRun } from './judge-fact.ts'
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

/** Why there is nothing to judge by, from how the newest of the commands ended. */
const wordSilence = (outcome: RunResult['outcome'] | undefined): string => {
  if (outcome === undefined) return 'nothing has run yet'
  if (outcome.kind === 'lost') return 'no answer: the connection was lost'
  if (outcome.kind === 'canceled') return 'no answer: the command was stopped'
  return outcome.kind === 'not-started' && outcome.reason === 'unreachable'
    ? 'no answer: there is no connection'
    : 'no answer: the command could not be run'
}

type Bench = {
  readonly knowledge: Knowledge
  readonly results: readonly RunResult[]
  /** What is said where no result is at hand. */
  readonly silence: string
  readonly isPartial: boolean
}

const outstanding = 'not every command of the step has run to its end'

/** What a command that has yet to run may show after all: a text, a cause, or how it ends. What facts say of the machine stays. */
const mayStillShow = (condition: Condition): boolean =>
  condition.kind === 'fact' ? speaksOfRun(condition.expression) : condition.kind !== 'otherwise'

const judgeBy = (condition: Condition, bench: Bench, before: readonly Opinion[]): Opinion => {
  const { knowledge, results, silence } = bench
  if (condition.kind === 'choice') return { status: 'unknown', because: 'your choice', evidence: [] }
  if (results.length === 0) return { status: 'unknown', because: silence, evidence: [] }
  if (condition.kind === 'otherwise') return judgeRest(before)
  if (condition.kind === 'cause') return judgeCause(knowledge, condition.id, results)
  return condition.kind === 'fact'
    ? judgeFact(condition.expression, results)
    : judgeText(condition.pattern, results)
}

const judge = (condition: Condition, bench: Bench, before: readonly Opinion[]): Opinion => {
  const opinion = judgeBy(condition, bench, before)
  if (!bench.isPartial) return opinion
  if (opinion.status === 'fails' && mayStillShow(condition))
    return { status: 'unknown', because: `not shown so far: ${outstanding}`, evidence: [] }
  return opinion.status === 'holds' && condition.kind === 'otherwise'
    ? { status: 'unknown', because: outstanding, evidence: [] }
    : opinion
}

/**
 * Judges a step's branches in order. The first that holds is recommended; `otherwise` holds only when all before it fail. What
 * could not be told is unknown and never recommended: then a person is asked. While commands are outstanding, `otherwise` is
 * unknown, and so is what they may show after all.
 */
export const evaluateBranches = (knowledge: Knowledge, question: BranchQuestion): Judgement => {
  const results = question.results.filter(hasResult)
  const silence = wordSilence(question.results.at(-1)?.outcome)
  const bench = { knowledge, results, silence, isPartial: question.isPartial ?? false }
  const verdicts: Verdict[] = []
  for (const [branch, condition] of question.conditions.entries()) {
    verdicts.push({ branch, ...judge(condition, bench, verdicts) })
  }
  return { verdicts, recommended: verdicts.find(verdict => verdict.status === 'holds')?.branch }
}
