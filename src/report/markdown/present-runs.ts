import { formatCounted } from '../../base/index.ts'
import type { ReportRun } from '../types.ts'
import { wordRun } from '../word-run.ts'
import { wordInstant } from '../word-times.ts'
import { code, fence, plain } from './marks.ts'

const folded = (run: ReportRun): readonly string[] =>
  run.output.length === 0
    ? []
    : [
        '',
        `<details><summary>${run.id}: ${wordLines(run)}</summary>`,
        '',
        ...fence(run.output),
        '',
        '</details>',
      ]

const wordLines = ({ lines, output }: ReportRun): string =>
  lines > output.length
    ? `the last ${output.length} of ${formatCounted(lines, 'line')}`
    : formatCounted(lines, 'line')

// No table: a command may hold what would end a cell, and cells of its length cannot be read.
const presentRun = (run: ReportRun): readonly string[] => [
  '',
  `**${run.id}** ${code(run.line)}  `,
  `${wordInstant(run.startedAt)} on ${plain(run.host)}, ${plain(wordRun(run))}`,
  ...folded(run),
]

/** Commands with their outputs, each folded. */
export const presentRuns = (runs: readonly ReportRun[]): readonly string[] =>
  runs.flatMap(presentRun).slice(1)
