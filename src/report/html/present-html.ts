import { layers } from '../../base/index.ts'
import { escapeMarkup } from '../escape-markup.ts'
import { presentMasked } from '../present-masked.ts'
import { sortWays } from '../sort-ways.ts'
import type { Report, ReportCause, ReportRun, ReportStep } from '../types.ts'
import { wordBetween, wordInstant, wordSpan } from '../word-times.ts'
import { styles } from './styles.ts'
import { drawTimeline } from './timeline.ts'

const e = escapeMarkup

const section = (title: string, body: string): string =>
  body === '' ? '' : `<section><h2>${e(title)}</h2>${body}</section>`
const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`

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

const layerKind = { clear: 'good', failing: 'bad', suspect: 'warn', untouched: 'dim' } as const

const layerList = (report: Report): string =>
  `<ul class="layers">${layers
    .map(
      layer =>
        `<li><span class="${layerKind[report.layers[layer]]}">${layer}: ${report.layers[layer]}</span></li>`,
    )
    .join('')}</ul>`

const causeBlock = ({
  id,
  title,
  layer,
  severity,
  meaning,
  consequenceOf,
  evidence,
}: ReportCause): string => {
  const kind = consequenceOf === undefined ? severity : 'follows'
  const follows = consequenceOf === undefined ? '' : `, follows from <code>${e(consequenceOf)}</code>`
  const lines = evidence.map(({ text, run, line }) => {
    const where = line > 0 ? `${run}, line ${line}` : run
    return `<a href="#${run}">${where}</a>: <code>${e(text)}</code>`
  })
  return `<div class="cause ${kind}"><h3>${e(title)}</h3><div class="dim"><code>${e(id)}</code>, ${layer}, ${severity}${follows}</div><p>${e(meaning)}</p>${list(lines)}</div>`
}

const wayItems = (step: ReportStep): readonly string[] => {
  const { taken, ruledOut, open } = sortWays(step)
  return [
    ...(taken === undefined
      ? []
      : [
          `<span class="taken">taken: ${e(taken.label)} → ${e(taken.to)}</span>, because ${e(taken.because)}`,
        ]),
    ...(ruledOut.length === 0 ? [] : [`<span class="dim">ruled out: ${e(ruledOut.join('; '))}</span>`]),
    ...open.map(text => `not known: ${e(text)}`),
  ]
}

const stepItem = (step: ReportStep): string => {
  const layer = step.layer === undefined ? '' : `, ${step.layer}`
  return `<li><strong>${e(step.title)}</strong> <span class="dim">${wordInstant(step.at)}${layer}, ${step.reason}</span>${list(wayItems(step))}</li>`
}

const changeItem = ({ id, line, host, outcome, changes, undo }: ReportRun): string =>
  `<a href="#${id}">${id}</a> on ${e(host)}: <code>${e(line)}</code> (${e(outcome)})${changes ? `. ${e(changes)}` : ''}. ${
    undo ? `To undo: ${e(undo)}` : 'How to undo it is not written down.'
  }`

const runBlock = (run: ReportRun): string => {
  const took = run.seconds === undefined ? '' : `, ${wordSpan(run.seconds)}`
  const output =
    run.output.length === 0
      ? '<p class="dim">It printed nothing.</p>'
      : `<pre tabindex="0">${e(run.output.join('\n'))}</pre>`
  const cut =
    run.lines > run.output.length
      ? `<p class="dim">The last ${run.output.length} of ${run.lines} lines.</p>`
      : ''
  return `<details id="${run.id}"><summary><code>${e(run.line)}</code> <span class="dim">${run.id}, ${wordInstant(run.startedAt)}, ${e(run.host)}, ${run.effect}, ${e(run.outcome)}${took}</span></summary>${cut}${output}</details>`
}

const pathList = (report: Report): string =>
  report.path.length === 0 ? '' : `<ol class="path">${report.path.map(stepItem).join('')}</ol>`

const header = (report: Report): string => {
  const { runbook, session, startedAt, endedAt, status } = report
  return `<header><h1>${e(runbook.title)}</h1><p><span class="status ${statusKind[status]}">${status}</span></p><p class="dim">${wordInstant(startedAt)} to ${wordInstant(endedAt)} UTC (${wordBetween(startedAt, endedAt)}), ${e(session.host)}, target <code>${e(session.target)}</code>, session <code>${e(session.sessionId)}</code></p></header>`
}

/** A report as one page that needs nothing but itself: no script, no font, no picture from elsewhere. */
export const presentReportHtml = (report: Report): string => {
  const body = [
    header(report),
    section('Summary', list(report.summary.map(e)) + layerList(report)),
    section('What was found', report.causes.map(causeBlock).join('')),
    section('The way there', pathList(report)),
    section('What was changed', list(report.changes.map(changeItem))),
    section('What is not known', list(report.unknown.map(e))),
    section('To hand over', list(report.handOver.map(e))),
    section(
      'Notes',
      list(report.notes.map(({ at, step, text }) => `${wordInstant(at)}, ${e(step)}: ${e(text)}`)),
    ),
    section('When it ran', drawTimeline(report)),
    section('Commands and their outputs', report.runs.map(runBlock).join('')),
    `<footer><p class="dim">${e(presentMasked(report.masked))} ${e(report.session.tool)}.</p></footer>`,
  ].join('\n')
  const title = e(`${report.runbook.title}: ${report.status}`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${styles}</style></head><body>
${body}
</body></html>
`
}
