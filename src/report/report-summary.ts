import { formatCounted } from '../base/index.ts'
import type { Report, ReportCause, ReportRun } from './types.ts'
import { isSureChange } from './word-change.ts'

const endings: Readonly<Record<Report['status'], string>> = {
  healthy: 'Everything that was looked at is healthy.',
  resolved: 'The problem is resolved.',
  'problem-found': 'A problem was found; the session ended before it was repaired.',
  escalated: 'The runbook leads to escalation.',
  asked: 'It stopped where a person has to decide.',
  failed: 'The target could not be looked at.',
  interrupted: 'It was interrupted.',
  left: 'It was left before an end was reached.',
  open: 'It is still open.',
}

/** What a summary is made of. */
export type SummarySource = {
  readonly status: Report['status']
  readonly host: string
  readonly steps: number
  readonly causes: readonly ReportCause[]
  readonly runs: readonly ReportRun[]
  readonly changes: readonly ReportRun[]
}

// What only saved something is no change that anybody has to know of here.
const wordChanges = (changes: readonly ReportRun[]): string => {
  const real = changes.filter(({ savesFor }) => savesFor === undefined)
  const sure = real.filter(isSureChange).length
  const unsure = real.length - sure
  const parts = [
    ...(sure === 0 ? [] : [`${formatCounted(sure, 'command')} changed something`]),
    ...(unsure === 0 ? [] : [`${formatCounted(unsure, 'command')} may have changed something`]),
  ]
  return parts.length === 0 ? 'nothing was changed' : parts.join(', ')
}

/** What happened, in a few sentences: how it ended, what the cause is, what was done. */
export const reportSummary = ({
  status,
  host,
  steps,
  causes,
  runs,
  changes,
}: SummarySource): readonly string[] => {
  const [first, ...others] = causes.filter(({ consequenceOf }) => consequenceOf === undefined)
  return [
    endings[status],
    first === undefined
      ? 'No known cause showed in the outputs.'
      : `Root cause, by what the outputs show: ${first.title} (${first.id}, ${first.layer}).`,
    ...(others.length === 0 ? [] : [`Also found: ${others.map(({ title }) => title).join('; ')}.`]),
    `${formatCounted(steps, 'step')} and ${formatCounted(runs.length, 'command')} on ${host}; ${wordChanges(changes)}.`,
  ]
}
