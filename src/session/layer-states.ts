import { type Layer, layers } from '../base/index.ts'
import type { Finding } from '../diagnosis/index.ts'
import { couldRun } from './could-run.ts'
import { isTrouble } from './found-causes.ts'
import { judgementOf } from './judgement-of.ts'
import { findStep } from './lookup.ts'
import type { Run } from './run.ts'
import { newestFinishedRuns } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import type { LayerState, LayerStates, Library, Session } from './types.ts'

const couldLook = ({ outcome }: Run): boolean => outcome?.kind === 'exited' && couldRun(outcome)

/** Whether what ran at a step speaks for its layer: all could look and, where the step branches, nothing but "otherwise" held. */
const isClear = (session: Session, library: Library, runs: readonly Run[]): boolean => {
  const [{ ref } = { ref: undefined }] = runs
  const step = ref && findStep(library, ref)
  if (step === undefined || step.branches.length === 0) return runs.every(couldLook)
  const recommended = judgementOf(session, ref)?.recommended
  return recommended !== undefined && step.branches[recommended]?.condition.kind === 'otherwise'
}

const stateOf = (findings: readonly Finding[], clear: readonly boolean[]): LayerState => {
  const troubles = findings.filter(isTrouble)
  if (troubles.some(({ severity }) => severity === 'error')) return 'failing'
  if (troubles.length > 0) return 'suspect'
  return clear.length > 0 && clear.every(Boolean) ? 'clear' : 'untouched'
}

/**
 * The ladder of the whole triage. A layer is failing with an error found in it, suspect with a warning, clear when every step of it
 * that was looked at showed neither and indicated nothing else. Only the newest run of each command counts, so that a repair clears
 * its layer.
 */
export const layerStates = (session: Session, library: Library): LayerStates => {
  const runs = newestFinishedRuns(session)
  const findings = runs.flatMap(run => run.findings)
  const looked = [...Map.groupBy(runs, ({ ref }) => stepKey(ref)).values()].map(group => ({
    layer: group[0] && findStep(library, group[0].ref)?.layer,
    clear: isClear(session, library, group),
  }))
  const states = layers.map(layer => [
    layer,
    stateOf(
      findings.filter(finding => finding.layer === layer),
      looked.filter(step => step.layer === layer).map(({ clear }) => clear),
    ),
  ])
  return Object.fromEntries(states) as Record<Layer, LayerState>
}
