import { wordPresence } from '../report-impact.ts'
import type { Report, ReportCause, ReportEvidence } from '../types.ts'
import { anchorOf } from './anchor-of.ts'
import { chip, e } from './elements.ts'

const evidenceItem = (report: Report, { text, run, line }: ReportEvidence): string => {
  const where = line > 0 ? `${run}, line ${line}` : run
  return `<li><code>${e(text)}</code> <a href="#${anchorOf(report, run, line)}">${where}</a></li>`
}

/** What is said of one cause: what it means, whether it still shows, and the lines that show it. */
export const causeCard = (report: Report, cause: ReportCause): string => {
  const { id, title, layer, severity, meaning, consequenceOf, evidence } = cause
  const kind = consequenceOf === undefined ? severity : 'follows'
  const chips = [
    chip(layer),
    chip(severity, severity === 'error' ? 'bad' : 'warn'),
    ...(consequenceOf === undefined ? [] : [chip(`follows from ${consequenceOf}`)]),
    chip(wordPresence(cause), cause.goneSince === undefined ? '' : 'good'),
  ]
  const items = evidence.map(piece => evidenceItem(report, piece)).join('')
  return `<article class="cause ${kind}"><h3>${e(title)} <code class="dim">${e(id)}</code></h3><p class="chips">${chips.join('')}</p><p>${e(meaning)}</p>${items === '' ? '' : `<ul class="evidence">${items}</ul>`}</article>`
}
