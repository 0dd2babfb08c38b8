import { type Layer, layers } from '../base/index.ts'
import type { Finding } from '../diagnosis/index.ts'
import { couldRun } from './could-run.ts'
import { isTrouble } from './found-causes.ts'
import { findStep } from './lookup.ts'
import { newestFinishedRuns } from './run-queries.ts'
import type { LayerState, LayerStates, Library, Run, Session } from './types.ts'

const couldLook = ({ outcome }: Run): boolean => outcome?.kind === 'exited' && couldRun(outcome)

const stateOf = (
  layer: Layer,
  findings: readonly Finding[],
  seen: ReadonlySet<Layer | undefined>,
): LayerState => {
  const troubles = findings.filter(finding => finding.layer === layer).filter(isTrouble)
  if (troubles.some(({ severity }) => severity === 'error')) return 'failing'
  if (troubles.length > 0) return 'suspect'
  return seen.has(layer) ? 'clear' : 'untouched'
}

/**
 * The ladder of the whole triage. A layer is failing with an error found in it, suspect with a warning, clear when a command of
 * one of its steps ran and showed neither. Only the newest run of each command counts, so that a repair clears its layer.
 */
export const layerStates = (session: Session, library: Library): LayerStates => {
  const runs = newestFinishedRuns(session)
  const findings = runs.flatMap(run => run.findings)
  const seen = new Set(runs.filter(couldLook).map(({ ref }) => findStep(library, ref)?.layer))
  const states = layers.map(layer => [layer, stateOf(layer, findings, seen)] as const)
  return Object.fromEntries(states) as Record<Layer, LayerState>
}
