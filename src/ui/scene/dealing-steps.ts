import type { StepRef } from '../../base/index.ts'
import type { Finding } from './nouns.ts'

/** The steps that go on from a finding, those of the runbook that is walked first. The step where we are is none of them. */
export const dealingSteps = (finding: Finding | undefined, here: StepRef): readonly StepRef[] => {
  const others = (finding?.next ?? []).filter(ref => ref.runbook !== here.runbook || ref.step !== here.step)
  return [
    ...others.filter(ref => ref.runbook === here.runbook),
    ...others.filter(ref => ref.runbook !== here.runbook),
  ]
}
