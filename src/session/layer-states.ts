import { type Layer, layers } from '../base/index.ts'
import type { Finding } from '../diagnosis/index.ts'
import { couldLook } from './could-run.ts'
import { curedCauses } from './cured-causes.ts'
import { isTrouble } from './found-causes.ts'
import { judgementOf } from './judgement-of.ts'
import { findStep } from './lookup.ts'
import type { Run } from './run.ts'
import { newestFinishedRuns } from './run-queries.ts'
import { stepKey } from './step-key.ts'
import type { LayerState, LayerStates, Library, Session } from './types.ts'

/** Whether what ran at a step speaks for its layer: all could look and, where the step branches, nothing but "otherwise" or the end held. */
const isClear = (session: Session, library: Library, runs: readonly Run[]): boolean => {
  const [{ ref } = { ref: undefined }] = runs
  const step = ref && findStep(library, ref)
  if (step === undefined || step.branches.length === 0) return runs.every(couldLook)
  const recommended = judgementOf(session, ref)?.recommended
  const branch = recommended === undefined ? undefined : step.branches[recommended]
  return branch?.condition.kind === 'otherwise' || branch?.to.kind === 'resolved'
}

/** What a step speaks for, and whether a command of it looked at all. */
type LookedStep = { readonly isClear: boolean; readonly hasLooked: boolean }

/** What is known of one layer: its findings, which of them are gone, and what its steps speak for. */
type Looked = {
  readonly findings: readonly Finding[]
  readonly cured: ReadonlySet<string>
  readonly steps: readonly LookedStep[]
}

const stateOf = ({ findings, cured, steps }: Looked): LayerState => {
  const troubles = findings.filter(finding => isTrouble(finding) && !cured.has(finding.cause))
  if (troubles.some(({ severity }) => severity === 'error')) return 'failing'
  if (troubles.length > 0) return 'suspect'
  // What led to the repair, or looked after it whether it lasts, does not speak against a layer whose trouble is gone.
  if (findings.some(isTrouble)) return 'clear'
  if (!steps.some(step => step.hasLooked)) return 'untouched'
  return steps.every(step => step.isClear) ? 'clear' : 'undecided'
}

/**
 * The ladder of the whole triage. A layer is failing with an error found in it, suspect with a warning, clear when every step of it
 * that was looked at showed neither and indicated nothing else, undecided with a step that did. Only the newest run of each command counts, and a cause that is known
 * to be gone does not, so that a repair clears its layer.
 */
export const layerStates = (session: Session, library: Library): LayerStates => {
  const runs = newestFinishedRuns(session)
  const cured = curedCauses(session, library)
  const findings = runs.flatMap(run => run.findings)
  const looked = [...Map.groupBy(runs, ({ ref }) => stepKey(ref)).values()].map(group => ({
    layer: group[0] && findStep(library, group[0].ref)?.layer,
    isClear: isClear(session, library, group),
    hasLooked: group.some(couldLook),
  }))
  const states = layers.map(layer => [
    layer,
    stateOf({
      cured,
      findings: findings.filter(finding => finding.layer === layer),
      steps: looked.filter(step => step.layer === layer),
    }),
  ])
  return Object.fromEntries(states) as Record<Layer, LayerState>
}
