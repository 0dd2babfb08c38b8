import type { StepRef } from '../base/index.ts'

/** A step's name as one text, `runbook#step`: the key of per-step maps. */
export const stepKey = (ref: StepRef): string => `${ref.runbook}#${ref.step}`
