import { presentMasked } from './present-masked.ts'
import { sortWays } from './sort-ways.ts'
import type { Report, ReportCause, ReportRun, ReportStep } from './types.ts'
import { wordBetween, wordInstant, wordSpan } from './word-times.ts'

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]

/** A text that Markdown takes as it stands. */
const plain = (text: string): string => text.replace(/([\\`*_[\]<>|])/g, '\\$1')
const code = (text: string): string => {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${text.replaceAll('\n', ' ')}${pad}${ticks}`
}
const cell = (text: string): string => text.replaceAll('|', '\\|')

const fence = (lines: readonly string[]): readonly string[] => {
  const longest = Math.max(2, ...lines.map(line => /`+/.exec(line)?.[0].length ?? 0))
  const bar = '`'.repeat(longest + 1)
  return [`${bar}text`, ...lines, bar]
}

const presentCause = ({ title, id, layer, severity, meaning, consequenceOf, evidence }: ReportCause) => [
  `- **${plain(title)}** (${code(id)}, ${layer}, ${severity}${consequenceOf === undefined ? '' : `, follows from ${code(consequenceOf)}`}): ${plain(meaning)}`,
  ...evidence.map(({ text, run, line }) => `  - ${run}${line > 0 ? `, line ${line}` : ''}: ${code(text)}`),
]

const presentWays = (step: ReportStep): readonly string[] => {
  const { taken, ruledOut, open } = sortWays(step)
  return [
    ...(taken === undefined
      ? []
      : [`   - taken: **${plain(taken.label)}** → ${plain(taken.to)}, because ${plain(taken.because)}`]),
    ...(ruledOut.length === 0 ? [] : [`   - ruled out: ${ruledOut.map(plain).join('; ')}`]),
    ...open.map(text => `   - not known: ${plain(text)}`),
  ]
}

const presentStep = (step: ReportStep, index: number): readonly string[] => [
  `${index + 1}. **${plain(step.title)}**${step.layer === undefined ? '' : ` (${step.layer})`}, ${wordInstant(step.at)}, ${step.reason}`,
  ...presentWays(step),
]

const commandRow = (run: ReportRun): string =>
  `| ${[run.id, wordInstant(run.startedAt), run.host, cell(code(run.line)), run.effect, run.outcome, run.seconds === undefined ? '' : wordSpan(run.seconds)].join(' | ')} |`

const presentOutput = (run: ReportRun): readonly string[] =>
  run.output.length === 0
    ? []
    : [
        '',
        `<details><summary>${run.id}: ${run.lines} lines</summary>`,
        '',
        ...fence(run.output),
        '',
        '</details>',
      ]

const presentChange = ({ line, host, startedAt, outcome, changes, undo }: ReportRun): string =>
  `- ${wordInstant(startedAt)} on ${host}: ${code(line)} (${outcome})${changes ? `. ${plain(changes)}` : ''}${undo ? `. To undo: ${plain(undo)}` : '. How to undo it is not written down.'}`

/** A report as Markdown, for a ticket or a repository. */
export const presentReportMarkdown = (report: Report): string => {
  const { runbook, session, startedAt, endedAt, status } = report
  return [
    `# ${plain(runbook.title)}: ${status}`,
    '',
    `${wordInstant(startedAt)} to ${wordInstant(endedAt)} UTC (${wordBetween(startedAt, endedAt)}), ${plain(session.host)}, target ${code(session.target)}, session ${code(session.sessionId)}`,
    '',
    ...report.summary.map(sentence => `- ${plain(sentence)}`),
    ...section('What was found', report.causes.flatMap(presentCause)),
    ...section('The way there', report.path.flatMap(presentStep)),
    ...section('What was changed', report.changes.map(presentChange)),
    ...section(
      'What is not known',
      report.unknown.map(text => `- ${plain(text)}`),
    ),
    ...section(
      'To hand over',
      report.handOver.map(text => `- ${plain(text)}`),
    ),
    ...section(
      'Notes',
      report.notes.map(({ at, step, text }) => `- ${wordInstant(at)}, ${step}: ${plain(text)}`),
    ),
    ...section(
      'Commands',
      report.runs.length === 0
        ? []
        : [
            '| run | started (UTC) | host | command | effect | outcome | took |',
            '|---|---|---|---|---|---|---|',
            ...report.runs.map(commandRow),
            ...report.runs.flatMap(presentOutput),
          ],
    ),
    '',
    presentMasked(report.masked),
    '',
  ].join('\n')
}
