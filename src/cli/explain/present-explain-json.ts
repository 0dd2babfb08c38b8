import type { ExaminedOutput } from './create-examiner.ts'
import type { Examined } from './examine-inputs.ts'
import { fileOfLine, placeFindings } from './place-findings.ts'

/** Tells whether no finding is a warning or worse. */
export const isHealthy = ({ findings }: Pick<Examined, 'findings'>): boolean =>
  findings.every(finding => finding.severity === 'info')

// One command may be named for the whole only when there is one.
const commandOf = ({ outputs }: Examined): string => (outputs.length === 1 ? (outputs[0]?.command ?? '') : '')

// Lines count within the file here, as they do in evidence.
const presentOutput = (examined: Examined, { command, parser, firstLine, lines }: ExaminedOutput) => {
  const file = fileOfLine(examined, firstLine)
  return {
    command,
    parser,
    ...(file?.path === undefined ? {} : { file: file.path }),
    firstLine: firstLine - (file?.before ?? 0),
    lines,
  }
}

/** What `explain --json` prints: one object, the finding to act on first. */
export const presentExplainJson = (examined: Examined): string =>
  JSON.stringify(
    {
      command: commandOf(examined),
      healthy: isHealthy(examined),
      findings: placeFindings(examined),
      facts: examined.facts,
      outputs: examined.outputs.map(output => presentOutput(examined, output)),
      lines: examined.lines,
      ...(examined.longLines === 0 ? {} : { longLines: examined.longLines }),
      skipped: examined.skipped,
    },
    undefined,
    2,
  )
