import type { Knowledge, Verdict } from '../../diagnosis/index.ts'
import type { Tree } from '../../tree/index.ts'
import { UserError } from '../user-error.ts'
import { type Bench, judgeOutputs } from './judge-case.ts'
import { createStreamReader } from './read-recorded.ts'
import { runbookOfCases } from './runbook-of-cases.ts'
import type { Case, CaseFile, Judged } from './types.ts'

/** A case with what came of it. `wrong` is empty when it passed. */
export type CaseResult = {
  readonly path: string
  readonly line: number
  readonly runbook: string
  readonly step: string
  readonly expected: Case['expect']
  readonly judged: Judged
  readonly wrong: readonly string[]
}

const sayVerdicts = (verdicts: readonly Verdict[], { step }: Case, tree: Tree): readonly string[] =>
  verdicts.map(({ branch, status, because }) => {
    const when = tree.stepById.get(step)?.branches[branch]?.when || 'a choice'
    return `  ${status.padEnd(7)} ${when}: ${because}`
  })

const mismatches = (item: Case, { goes, causes, judgement }: Judged, tree: Tree): readonly string[] => {
  const missing = (item.expect.causes ?? []).filter(cause => !causes.includes(cause))
  return [
    ...(goes === item.expect.goes
      ? []
      : [`it goes to ${goes}, not to ${item.expect.goes}`, ...sayVerdicts(judgement.verdicts, item, tree)]),
    ...missing.map(cause => `${cause} was not found; found: ${causes.join(', ') || 'nothing'}`),
  ]
}

const atCase = <T>(path: string, { line }: Case, work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause
    const { code, message, hint } = cause
    throw new UserError({ code, message: `${path}:${line}: ${message}`, hint })
  }
}

const runCase = (bench: Bench, item: Case): Judged => {
  const step = bench.tree.stepById.get(item.step)
  if (step !== undefined) return judgeOutputs(bench, step, item.outputs)
  throw new UserError({
    code: 'E_TEST_STEP_UNKNOWN',
    message: `The runbook ${bench.tree.name} has no step "${item.step}".`,
    hint: `"runtree tree ${bench.tree.name}" lists all steps.`,
  })
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
