import type { CapturedOutput, StepRef } from '../base/index.ts'
import { evaluateBranches, type RunResult } from '../diagnosis/index.ts'
import type { Situation } from './decision.ts'
import { findStep } from './lookup.ts'
import { readsLeft } from './reads-left.ts'
import type { Run } from './run.ts'
import { finishedRunsOf } from './run-queries.ts'
import type { SessionEvent } from './types.ts'

/** Stands for an output that is no longer at hand: all its lines came before the first one kept. */
const lostOutput = ({ totalLines, totalBytes }: Run): CapturedOutput => ({
  firstLine: totalLines + 1,
  lines: [],
  totalLines,
  totalBytes,
})

const resultOf = (run: Run, outputOf: Situation['context']['outputOf']): readonly RunResult[] => {
  const { line, outcome, facts, factLines, findings, finishedAt } = run
  if (outcome === undefined) return []
  const output = outputOf?.(run.runId) ?? lostOutput(run)
  const at = finishedAt === undefined ? {} : { at: finishedAt }
  return [{ command: line, output, outcome, facts, factLines, findings, ...at }]
}

/** Judges the branches of a step by the newest result of each of its commands. No event for a step without branches. */
export const judgeStep = ({ session, context }: Situation, ref: StepRef): readonly SessionEvent[] => {
  const step = findStep(context.library, ref)
  if (step === undefined || step.branches.length === 0) return []
  const conditions = step.branches.map(({ condition }) => condition)
  const results = finishedRunsOf(session, ref).flatMap(run => resultOf(run, context.outputOf))
  const isPartial = readsLeft(session, ref, step).length > 0
  const judgement = evaluateBranches(context.knowledge, { conditions, results, isPartial })
  return [{ type: 'branches-judged', ref, judgement }]
}
