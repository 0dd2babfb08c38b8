import type { CapturedOutput, StepRef } from '../base/index.ts'
import { evaluateBranches, type Judgement, type RunResult } from '../diagnosis/index.ts'
import type { Step } from '../tree/index.ts'
import type { Situation } from './decision.ts'
import { findStep } from './lookup.ts'
import type { Run } from './run.ts'
import { newestFinishedRuns } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import { readsOfStep } from './step-reads.ts'
import type { Session, SessionEvent } from './types.ts'

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

const finishedRunsOf = (session: Session, ref: StepRef): readonly Run[] =>
  newestFinishedRuns(session).filter(run => run.commandId !== undefined && stepKey(run.ref) === stepKey(ref))

/** Tells whether a command had its say: neither the way to the machine nor a person cut it short. A program that is not there will not say more. */
const hadItsSay = ({ outcome }: Run): boolean =>
  outcome?.kind === 'exited' ||
  outcome?.kind === 'timed-out' ||
  (outcome?.kind === 'not-started' && outcome.reason === 'not-found')

/** The reads that an answer should wait for. */
const outstandingReads = (session: Session, step: Step, finished: readonly Run[]): number =>
  readsOfStep(step, session.variables).filter(
    command => !command.optional && !finished.some(run => run.commandId === command.id && hadItsSay(run)),
  ).length

/** While reads are outstanding, "otherwise" is not known: what they show may make an earlier branch hold. */
const withholdOtherwise = (step: Step, judgement: Judgement): Judgement => {
  const isOtherwise = (branch: number | undefined): boolean =>
    branch !== undefined && step.branches[branch]?.condition.kind === 'otherwise'
  const verdicts = judgement.verdicts.map(verdict =>
    isOtherwise(verdict.branch) && verdict.status === 'holds'
      ? {
          ...verdict,
          status: 'unknown' as const,
          because: 'not all commands of the step have run to their end',
        }
      : verdict,
  )
  return { verdicts, recommended: isOtherwise(judgement.recommended) ? undefined : judgement.recommended }
}

/** Judges the branches of a step by the newest result of each of its commands. No event for a step without branches. */
export const judgeStep = ({ session, context }: Situation, ref: StepRef): readonly SessionEvent[] => {
  const step = findStep(context.library, ref)
  if (step === undefined || step.branches.length === 0) return []
  const finished = finishedRunsOf(session, ref)
  const conditions = step.branches.map(({ condition }) => condition)
  const results = finished.flatMap(run => resultOf(run, context.outputOf))
  const judgement = evaluateBranches(context.knowledge, { conditions, results })
  const isPartial = outstandingReads(session, step, finished) > 0
  return [
    { type: 'branches-judged', ref, judgement: isPartial ? withholdOtherwise(step, judgement) : judgement },
  ]
}
