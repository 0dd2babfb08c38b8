import { dirname, resolve } from 'node:path'
import type { Knowledge } from '../../diagnosis/index.ts'
import { foundCauses, judgementOf, type Session } from '../../session/index.ts'
import type { Tree } from '../../tree/index.ts'
import { drillSeed } from '../drill/drill-seed.ts'
import { loadDrill } from '../drill/drills.ts'
import { loadLibrary } from '../load-library.ts'
import { nameOf } from './judge-case.ts'
import { type CaseResult, mismatches, placed, unknownStep } from './run-cases.ts'
import { runbookPathOfCases } from './runbook-of-cases.ts'
import type { CaseFile, DrillCase, Judged } from './types.ts'

const noJudgement: Judged['judgement'] = { verdicts: [], recommended: undefined }

/** Where a judged step leads: the branch that is recommended, or `ask`. */
const wayFrom = (tree: Tree, step: string, { recommended }: Judged['judgement']): string => {
  const branch = recommended === undefined ? undefined : tree.stepById.get(step)?.branches[recommended]
  return branch === undefined ? 'ask' : nameOf(branch, tree)
}

const lastOf = ({ path }: Session, tree: Tree): string => {
  const { runbook, step } = path.at(-1) ?? { runbook: tree.name, step: '' }
  return runbook === tree.name ? step : `${runbook}#${step}`
}

const loadDrillOf = (file: CaseFile, { drill }: DrillCase) =>
  loadDrill(/\.ya?ml$/.test(drill) ? resolve(dirname(file.path), drill) : drill)

const playCase = async (knowledge: Knowledge, file: CaseFile, item: DrillCase): Promise<CaseResult> => {
  const { entry, library } = loadLibrary(runbookPathOfCases(file))
  const { tree } = entry
  const step = item.step ?? tree.start ?? ''
  if (!tree.stepById.has(step)) throw unknownStep(tree, step)
  const drill = loadDrillOf(file, item)
  const [{ openDrill }, { walkDrill }] = await Promise.all([
    import('../../drill/index.ts'),
    import('../drill/walk-drill.ts'),
  ])
  const world = await openDrill(drill, drillSeed(1))
  const at = { runbook: tree.name, step }
  const limits = item.step === undefined ? {} : { until: step }
  const { session } = await walkDrill(drill, world, { at, library, knowledge, limits })
  const judgement = judgementOf(session, at) ?? noJudgement
  const judged: Judged = {
    goes: item.step === undefined ? lastOf(session, tree) : wayFrom(tree, step, judgement),
    causes: foundCauses(session).map(({ cause }) => cause),
    judgement,
  }
  const wrong = mismatches({ step, expect: item.expect }, judged, tree)
  return { path: file.path, line: item.line, runbook: tree.name, step, expected: item.expect, judged, wrong }
}

/** Plays the cases of a file that name a drill, one after the other. A UserError with file and line when a drill or step is not there. */
export const runDrillCases = async (knowledge: Knowledge, file: CaseFile): Promise<readonly CaseResult[]> => {
  const results: CaseResult[] = []
  for (const item of file.drills) {
    try {
      results.push(await playCase(knowledge, file, item))
    } catch (cause) {
      throw placed(file.path, item.line, cause)
    }
  }
  return results
}
