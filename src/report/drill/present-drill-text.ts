import { wordInstant } from '../word-times.ts'
import type { DrillReport } from './types.ts'

/** A drill's report as a short message for a chat. */
export const presentDrillText = (report: DrillReport): string => {
  const { drill, points, trainee, finishedAt, causes, summary, missedEvidence } = report
  return [
    `Drill "${drill.title}" (${drill.name}): ${trainee}, ${points} of 100`,
    `${wordInstant(finishedAt)} UTC. ${summary.slice(1).join(' ')}`,
    `The cause: ${causes.map(({ title }) => title).join(' or ')}`,
    ...missedEvidence.slice(0, 3).map(line => `would have shown it: ${line}`),
    '',
  ].join('\n')
}
