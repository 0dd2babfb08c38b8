import type { StepRef } from '../base/index.ts'
import type { Judgement } from '../diagnosis/index.ts'
import { stepKey } from './step-key.ts'
import type { Session } from './types.ts'

/** The newest judgement on a step's branches; of the current step when none is named. */
export const judgementOf = (
  session: Session,
  ref: StepRef | undefined = session.current,
): Judgement | undefined => ref && session.judgements.get(stepKey(ref))
