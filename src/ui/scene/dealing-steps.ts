import type { StepRef } from '../../base/index.ts'
import { findStep, type Library } from '../../session/index.ts'
import type { Finding } from './nouns.ts'

/**
 * The steps that go on from a finding, as far as the library has them; those of the runbook that is walked first. The step where we are
 * is none of them.
 */
export const dealingSteps = (
  finding: Finding | undefined,
  here: StepRef,
  library: Library,
): readonly StepRef[] => {
  const others = (finding?.next ?? []).filter(
    ref => (ref.runbook !== here.runbook || ref.step !== here.step) && findStep(library, ref) !== undefined,
  )
  return [
    ...others.filter(ref => ref.runbook === here.runbook),
    ...others.filter(ref => ref.runbook !== here.runbook),
  ]
}
