import type { Report, ReportRun } from '../types.ts'
import { wordChange } from '../word-change.ts'
import { wordMilestones } from '../word-milestones.ts'
import { wordBetween, wordInstant } from '../word-times.ts'
import { causeCard } from './causes.ts'
import { chip, contents, e, list, section, terms, texts } from './elements.ts'
import { ladder } from './ladder.ts'
import { page } from './page.ts'
import { pathDiagram } from './path-diagram.ts'
import { pathSteps } from './path-steps.ts'
import { runBlocks } from './runs.ts'
import { drawTimeline } from './timeline.ts'

const statusKind: Readonly<Record<Report['status'], string>> = {
  healthy: 'good',
  resolved: 'good',
  'problem-found': 'bad',
  escalated: 'bad',
  failed: 'bad',
  asked: 'warn',
  interrupted: 'warn',
  left: 'warn',
  open: 'warn',
}

const header = (report: Report): string => {
  const { runbook, session, startedAt, endedAt, status } = report
  return `<header><p class="kicker">Incident report</p><h1>${e(runbook.title)} <span class="status ${statusKind[status]}">${status}</span></h1>${terms(
    [
      ['began', `${wordInstant(startedAt)} UTC`],
      ['lasted', wordBetween(startedAt, endedAt)],
      ['machine', e(session.host)],
      ['target', `<code>${e(session.target)}</code>`],
      ['session', `<code>${e(session.sessionId)}</code>`],
    ],
  )}</header>`
}

const changeItem = (run: ReportRun): string =>
  `<code>${e(run.line)}</code><br>${chip(run.outcome, run.exit === 0 ? 'good' : 'bad')} <a href="#${run.id}">${run.id}</a> on ${e(run.host)}, ${wordInstant(run.startedAt)}. ${e(wordChange(run))}`

const refusedItem = ({ at, host, line }: Report['refused'][number]): string =>
  `<code>${e(line)}</code><br>${chip('refused')} on ${e(host)}, ${wordInstant(at)}`

const changesBody = ({ changes, refused }: Report): string =>
  list([...changes.map(changeItem), ...refused.map(refusedItem)])

const causesBody = (report: Report, which: (id: string) => boolean): string =>
  report.causes
    .filter(({ id }) => which(id))
    .map(cause => causeCard(report, cause))
    .join('')

const wayBody = (report: Report): string => {
  const [diagram, steps] = [pathDiagram(report), pathSteps(report)]
  return diagram === '' ? steps : `<div class="way">${diagram}${steps}</div>`
}

const notesBody = ({ notes }: Report): string =>
  list(
    notes.map(({ at, step, text }) => `<span class="dim">${wordInstant(at)}, ${e(step)}:</span> ${e(text)}`),
  )

/** A report as one page that needs nothing but itself. */
export const presentReportHtml = (report: Report): string => {
  const { rootCause, runbook, status } = report
  const sections = [
    section('summary', 'Summary', texts(report.summary)),
    section(
      'cause',
      'Root cause',
      causesBody(report, id => id === rootCause),
    ),
    section(
      'impact',
      'Impact and times',
      `<div class="beside">${texts([...report.impact, ...wordMilestones(report)])}${ladder(report)}</div>`,
    ),
    section(
      'found',
      'Also found',
      causesBody(report, id => id !== rootCause),
    ),
    section('way', 'The way there', wayBody(report)),
    section('changes', 'What was changed, and how to undo it', changesBody(report)),
    section('unknown', 'What is not known', texts(report.unknown)),
    section('hand-over', 'To hand over', texts(report.handOver)),
    section('notes', 'Notes', notesBody(report)),
    section('timeline', 'When it ran', drawTimeline(report)),
    section('commands', 'Commands and their outputs', runBlocks(report)),
  ]
  const footer = `<footer>${e(report.redaction.note)} ${e(report.session.tool)}.</footer>`
  return page(
    `${runbook.title}: ${status}`,
    [header(report), contents(sections), ...sections, footer].join('\n'),
  )
}
