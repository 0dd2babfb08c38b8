import { sortWays } from '../sort-ways.ts'
import type { Report, ReportCause, ReportStep } from '../types.ts'
import { wordChange } from '../word-change.ts'
import { wordMilestones } from '../word-milestones.ts'
import { wordBetween, wordInstant } from '../word-times.ts'
import { bullets, code, plain, section } from './marks.ts'
import { presentRuns } from './present-runs.ts'

const presentCause = ({ title, id, layer, severity, meaning, consequenceOf, evidence }: ReportCause) => [
  `- **${plain(title)}** (${code(id)}, ${layer}, ${severity}${consequenceOf === undefined ? '' : `, follows from ${code(consequenceOf)}`}): ${plain(meaning)}`,
  ...evidence.map(({ text, run, line }) => `  - ${run}${line > 0 ? `, line ${line}` : ''}: ${code(text)}`),
]

const presentWays = (step: ReportStep): readonly string[] => {
  const { taken, ruledOut, open } = sortWays(step)
  return [
    ...(taken === undefined
      ? []
      : [`   - taken: **${plain(taken.label)}** → ${plain(taken.to)}, because: ${plain(taken.because)}`]),
    ...ruledOut.map(
      ({ because, labels }) => `   - ruled out, ${plain(because)}: ${plain(labels.join('; '))}`,
    ),
    ...open.map(text => `   - not known: ${plain(text)}`),
  ]
}

const presentStep = (step: ReportStep, index: number): readonly string[] => [
  `${index + 1}. **${plain(step.title)}**${step.layer === undefined ? '' : ` (${step.layer})`}, ${wordInstant(step.at)}, ${step.reason}`,
  ...presentWays(step),
]

const presentChanges = ({ changes, refused }: Report): readonly string[] => [
  ...changes.map(
    run =>
      `- ${wordInstant(run.startedAt)} on ${plain(run.host)}, ${run.id}: ${code(run.line)} (${plain(run.outcome)}). ${plain(wordChange(run))}`,
  ),
  ...refused.map(({ at, host, line }) => `- Refused: ${wordInstant(at)} on ${plain(host)}: ${code(line)}`),
]

const head = ({ runbook, session, startedAt, endedAt, status }: Report): readonly string[] => [
  `# ${plain(runbook.title)}: ${status}`,
  '',
  `${wordInstant(startedAt)} to ${wordInstant(endedAt)} UTC (${wordBetween(startedAt, endedAt)}), ${plain(session.host)}, target ${code(session.target)}, session ${code(session.sessionId)}`,
]

/** A report as Markdown, for a ticket or a repository. */
export const presentReportMarkdown = (report: Report): string => {
  const root = report.causes.filter(({ id }) => id === report.rootCause)
  const others = report.causes.filter(({ id }) => id !== report.rootCause)
  return [
    ...head(report),
    ...section('Summary', bullets(report.summary)),
    ...section('Impact and times', bullets([...report.impact, ...wordMilestones(report)])),
    ...section('Root cause', root.flatMap(presentCause)),
    ...section('Also found', others.flatMap(presentCause)),
    ...section('The way there', report.path.flatMap(presentStep)),
    ...section('What was changed, and how to undo it', presentChanges(report)),
    ...section('What is not known', bullets(report.unknown)),
    ...section('To hand over', bullets(report.handOver)),
    ...section(
      'Notes',
      report.notes.map(({ at, step, text }) => `- ${wordInstant(at)}, ${plain(step)}: ${plain(text)}`),
    ),
    ...section('Commands', presentRuns(report.runs)),
    '',
    plain(report.redaction.note),
    '',
  ].join('\n')
}
