import type { CapturedOutput, Outcome, OutputLine, StreamName } from '../../base/index.ts'
import { diagnose, evaluateBranches, type Knowledge, type RunResult } from '../../diagnosis/index.ts'
import { deriveFacts, parsers } from '../../facts/index.ts'
import type { Branch, Step, StepCommand, Tree } from '../../tree/index.ts'
import { UserError } from '../user-error.ts'
import type { Judged, Recorded } from './types.ts'

/** The texts of a recorded output's two streams. */
export type Streams = { readonly stdout: string; readonly stderr: string }

/** What judging a case needs: the runbook, the causes, and the texts of the outputs. */
export type Bench = {
  readonly tree: Tree
  readonly knowledge: Knowledge
  readonly streamsOf: (recorded: Recorded) => Streams
}

const TIMED_OUT_MS = 15_000

const linesOf = (text: string, stream: StreamName): readonly Omit<OutputLine, 'number'>[] =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map(line => ({ stream, text: line }))

/** An output as a session would have captured it. */
export const captureStreams = ({ stdout, stderr }: Streams): CapturedOutput => {
  const lines = [...linesOf(stdout, 'stdout'), ...linesOf(stderr, 'stderr')]
  return {
    firstLine: 1,
    lines: lines.map((line, index) => ({ number: index + 1, ...line })),
    totalLines: lines.length,
    totalBytes: stdout.length + stderr.length,
  }
}

/** How a recorded command ended: by itself with 0, unless the case says otherwise. */
export const outcomeOf = ({ exit, timedOut }: Recorded): Outcome =>
  timedOut === true ? { kind: 'timed-out', afterMs: TIMED_OUT_MS } : { kind: 'exited', code: exit ?? 0 }

const commandOf = (step: Step, recorded: Recorded): StepCommand => {
  const command = step.commands.find(({ run }) => run.startsWith(recorded.run))
  if (command !== undefined) return command
  const starts = step.commands.map(({ run }) => `"${run.slice(0, 60)}"`).join(', ')
  throw new UserError({
    code: 'E_TEST_COMMAND_UNKNOWN',
    message: `The step ${step.id} has no command that begins with "${recorded.run}".`,
    hint: starts === '' ? 'It has no command at all.' : `Its commands: ${starts}.`,
  })
}

/** A command as it would run, any value in the place of its placeholders. */
const filled = ({ run, placeholders }: StepCommand): string =>
  placeholders.reduce((line, { text }) => line.replaceAll(text, 'value'), run)

const resultOf = ({ knowledge, streamsOf }: Bench, step: Step, recorded: Recorded): RunResult => {
  const command = filled(commandOf(step, recorded))
  const outcome = outcomeOf(recorded)
  const exitCode = outcome.kind === 'exited' ? outcome.code : undefined
  const streams = streamsOf(recorded)
  const { facts, lines } = deriveFacts(parsers, { command, ...streams, exitCode })
  const observation = { command, output: captureStreams(streams), outcome, facts, factLines: lines }
  return { ...observation, findings: diagnose(knowledge, observation) }
}

/** Where a branch leads, as cases name it: a step's id, `other#step` in another runbook, `resolved` or `escalate`. */
export const nameOf = ({ to }: Branch, tree: Tree): string => {
  if (to.kind !== 'step') return to.kind
  return to.ref.runbook === tree.name ? to.ref.step : `${to.ref.runbook}#${to.ref.step}`
}

/** Judges a step by outputs that are given, as a session would. */
export const judgeOutputs = (bench: Bench, step: Step, outputs: readonly Recorded[]): Judged => {
  const results = outputs.map(recorded => resultOf(bench, step, recorded))
  const conditions = step.branches.map(({ condition }) => condition)
  const judgement = evaluateBranches(bench.knowledge, { conditions, results })
  const taken = judgement.recommended === undefined ? undefined : step.branches[judgement.recommended]
  return {
    goes: taken === undefined ? 'ask' : nameOf(taken, bench.tree),
    causes: [...new Set(results.flatMap(({ findings }) => findings.map(({ cause }) => cause)))],
    judgement,
  }
}
