import { stepKey } from '../session/index.ts'
import type { Report, ReportRun, ReportStep } from './types.ts'

/** The runs of a step, of all visits to it. Steps of two runbooks may bear the same id. */
export const runsAt = ({ runs }: Report, { id }: ReportStep): readonly ReportRun[] =>
  runs.filter(run => stepKey(run) === id)
