import type { Knowledge, Verdict } from '../../diagnosis/index.ts'
import type { Tree } from '../../tree/index.ts'
import { UserError } from '../user-error.ts'
import { type Bench, judgeOutputs } from './judge-case.ts'
import { createStreamReader } from './read-recorded.ts'
import { runbookOfCases } from './runbook-of-cases.ts'
import type { Case, CaseFile, Expectation, Judged } from './types.ts'

/** A case with what came of it. `wrong` is empty when it passed. */
export type CaseResult = {
  readonly path: string
  readonly line: number
  readonly runbook: string
  readonly step: string
  readonly expected: Expectation
  readonly judged: Judged
  readonly wrong: readonly string[]
}

/** What a case is about: a step, and where it must lead. */
type Wanted = { readonly step: string; readonly expect: Expectation }

const sayVerdicts = (verdicts: readonly Verdict[], { step }: Wanted, tree: Tree): readonly string[] =>
  verdicts.map(({ branch, status, because }) => {
    const when = tree.stepById.get(step)?.branches[branch]?.when || 'a choice'
    return `  ${status.padEnd(7)} ${when}: ${because}`
  })

/** What differs between what a case wants and what came of it, in sentences. */
export const mismatches = (
  item: Wanted,
  { goes, causes, judgement }: Judged,
  tree: Tree,
): readonly string[] => {
  const missing = (item.expect.causes ?? []).filter(cause => !causes.includes(cause))
  return [
    ...(goes === item.expect.goes
      ? []
      : [`it goes to ${goes}, not to ${item.expect.goes}`, ...sayVerdicts(judgement.verdicts, item, tree)]),
    ...missing.map(cause => `${cause} was not found; found: ${causes.join(', ') || 'nothing'}`),
  ]
}

/** An error that is the author's, with the file and line of the case; any other as it is. */
export const placed = (path: string, line: number, cause: unknown): unknown =>
  cause instanceof UserError
    ? new UserError({ code: cause.code, message: `${path}:${line}: ${cause.message}`, hint: cause.hint })
    : cause

const atCase = <T>(path: string, { line }: Case, work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    throw placed(path, line, cause)
  }
}

/** Refuses a step that a runbook does not have. */
export const unknownStep = ({ name }: Tree, step: string): UserError =>
  new UserError({
    code: 'E_TEST_STEP_UNKNOWN',
    message: `The runbook ${name} has no step "${step}".`,
    hint: `"runtree tree ${name}" lists all steps.`,
  })

const runCase = (bench: Bench, item: Case): Judged => {
  const step = bench.tree.stepById.get(item.step)
  if (step !== undefined) return judgeOutputs(bench, step, item.outputs)
  throw unknownStep(bench.tree, item.step)
}

/** Runs the cases of a file. A UserError with file and line when a case names a step, command or recording that is not there. */
export const runCases = (knowledge: Knowledge, file: CaseFile): readonly CaseResult[] => {
  const tree = runbookOfCases(file)
  const bench = { tree, knowledge, streamsOf: createStreamReader(file.recordings) }
  return file.cases.map(item => {
    const judged = atCase(file.path, item, () => runCase(bench, item))
    const { step, line, expect: expected } = item
    const wrong = mismatches(item, judged, tree)
    return { path: file.path, line, runbook: tree.name, step, expected, judged, wrong }
  })
}
