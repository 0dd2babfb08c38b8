import type { Examined } from './examine-inputs.ts'
import { placeFindings } from './place-findings.ts'

/** Tells whether no finding is a warning or worse. */
export const isHealthy = ({ findings }: Pick<Examined, 'findings'>): boolean =>
  findings.every(finding => finding.severity === 'info')

// One command may be named for the whole only when there is one.
const commandOf = ({ outputs }: Examined): string => (outputs.length === 1 ? (outputs[0]?.command ?? '') : '')

/** What `explain --json` prints: one object, the finding to act on first. */
export const presentExplainJson = (examined: Examined): string =>
  JSON.stringify(
    {
      command: commandOf(examined),
      healthy: isHealthy(examined),
      findings: placeFindings(examined),
      facts: examined.facts,
      outputs: examined.outputs.map(({ facts: _facts, diagnostics: _diagnostics, ...output }) => output),
      lines: examined.lines,
      skipped: examined.skipped,
    },
    undefined,
    2,
  )
