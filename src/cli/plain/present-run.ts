import { formatCounted, wordOutcome } from '../../base/index.ts'
import type { Finding } from '../../diagnosis/index.ts'
import type { Run } from '../../session/index.ts'

/** What linear text calls the severity of a finding. */
export const severityWords: Readonly<Record<Finding['severity'], string>> = {
  error: 'ERROR',
  warning: 'WARNING',
  info: 'NOTE',
}

const presentFinding = (finding: Finding): readonly string[] => {
  const times = finding.count > 1 ? ` (${finding.count} times)` : ''
  const evidence = finding.evidence
    .slice(0, 3)
    .map(e => `    ${e.line > 0 ? `line ${e.line}: ` : ''}${e.text.trim()}`)
  return [
    `  ${severityWords[finding.severity]} ${finding.cause}: ${finding.title}${times}`,
    ...evidence,
    `    ${finding.meaning}`,
  ]
}

/** Findings as linear text, each with its evidence and its meaning. */
export const presentFindings = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(presentFinding)

/** How a run ended and what was found in its output. */
export const presentRunEnd = (run: Run): readonly string[] => {
  if (run.outcome === undefined)
    return [`[${run.line}] did not run.${run.droppedBecause === undefined ? '' : ` ${run.droppedBecause}`}`]
  return [
    `[${wordOutcome(run.outcome)}, ${formatCounted(run.totalLines, 'line')}]`,
    ...presentFindings(run.findings),
  ]
}
