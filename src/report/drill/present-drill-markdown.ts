import { bullets, code, plain, section } from '../markdown/marks.ts'
import { wordClock, wordInstant } from '../word-times.ts'
import type { DrillReport, DrillReportEntry } from './types.ts'
import { wordEntry, wordLine } from './word-entry.ts'

const presentEntry = (entry: DrillReportEntry, index: number): string => {
  const what = entry.type === 'line-run' ? code(entry.line) : plain(wordEntry(entry) ?? '')
  const more = entry.type === 'line-run' ? wordLine(entry) : ''
  return `${index + 1}. ${wordClock(entry.afterSeconds)} ${what}${more === '' ? '' : `: ${plain(more)}`}`
}

const presentParts = ({ parts }: DrillReport): readonly string[] =>
  parts.map(
    ({ name, points, of, because }) => `- ${name}: ${points}${of > 0 ? ` of ${of}` : ''}, ${plain(because)}`,
  )

const presentShort = ({ shortPath }: DrillReport): readonly string[] =>
  shortPath.map(
    ({ line, shows, wasRun }, index) =>
      `${index + 1}. ${code(line)}${wasRun ? ', you ran it too' : ''}${shows.length === 0 ? '' : `: shows ${plain(shows.join(', '))}`}`,
  )

/** A drill's report as Markdown. */
export const presentDrillMarkdown = (report: DrillReport): string => {
  const { drill, trainee, finishedAt, seed, id } = report
  return [
    `# Drill: ${plain(drill.title)}: ${report.points} of 100`,
    '',
    `${plain(trainee)}, ${wordInstant(finishedAt)} UTC, drill ${code(drill.name)}, level ${drill.level}, seed ${seed}, record ${code(id)}`,
    '',
    ...bullets(report.summary),
    ...section('The story', [plain(drill.story)]),
    ...section('Score', presentParts(report)),
    ...section(
      'The cause',
      report.causes.map(
        ({ id: cause, title, meaning, wasNamed }) =>
          `- **${plain(title)}** (${code(cause)}${wasNamed ? ', named' : ''}): ${plain(meaning)}`,
      ),
    ),
    ...section('Your path', report.path.map(presentEntry)),
    ...section('The short path', presentShort(report)),
    ...section(
      'What would have shown it',
      report.missedEvidence.map(line => `- ${code(line)}`),
    ),
    ...section('Hints taken', bullets(report.hints)),
    ...section('What was harmed', bullets(report.harm)),
    '',
  ].join('\n')
}
