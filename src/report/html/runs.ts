import { formatCounted } from '../../base/index.ts'
import type { Report, ReportRun } from '../types.ts'
import { wordInstant, wordSpan } from '../word-times.ts'
import { firstKeptLine } from './anchor-of.ts'
import { chip, e } from './elements.ts'

/** The lines of each run that speak for a cause, by the run's id. */
const tellingLines = ({ causes }: Report): ReadonlyMap<string, ReadonlySet<number>> => {
  const pieces = causes.flatMap(({ evidence }) => evidence)
  return new Map(
    [...Map.groupBy(pieces, ({ run }) => run)].map(([run, group]) => [
      run,
      new Set(group.map(({ line }) => line)),
    ]),
  )
}

const outputBlock = (run: ReportRun, telling: ReadonlySet<number>): string => {
  if (run.lines === 0) return '<p class="dim">It printed nothing.</p>'
  if (!run.isOutputKept) return `<p class="dim">${formatCounted(run.lines, 'line')}, no longer kept.</p>`
  if (run.output.length === 0) return '<p class="dim">Its output is not part of this report.</p>'
  const first = firstKeptLine(run)
  const lines = run.output.map((text, index) =>
    telling.has(first + index) ? `<mark id="${run.id}-${first + index}">${e(text) || ' '}</mark>` : e(text),
  )
  const cut =
    first > 1
      ? `<p class="dim">The last ${run.output.length} of ${formatCounted(run.lines, 'line')}.</p>`
      : ''
  return `${cut}<pre tabindex="0" aria-label="What ${run.id} printed">${lines.join('\n')}</pre>`
}

const effectKind: Readonly<Record<ReportRun['effect'], string>> = {
  read: '',
  change: 'warn',
  destructive: 'bad',
  unknown: 'warn',
}

const outcomeKind = ({ exit }: ReportRun): string => (exit === 0 ? 'good' : exit === undefined ? 'bad' : '')

const runBlock = (run: ReportRun, telling: ReadonlySet<number>): string => {
  const chips = [
    chip(run.savesFor === undefined ? run.effect : `saves for ${run.savesFor}`, effectKind[run.effect]),
    ...(run.origin === 'typed' ? [chip('typed')] : []),
    chip(run.outcome, outcomeKind(run)),
    ...(telling.size > 0 ? [chip('evidence', 'bad')] : []),
  ]
  const took = run.seconds === undefined ? '' : `, ${wordSpan(run.seconds)}`
  // The place that links lead to lies within, because a browser opens what holds it.
  return `<details class="run"><summary><span class="no">${run.id}</span><code>${e(run.line)}</code><span class="chips">${chips.join('')}<span class="dim">${e(run.host)}, ${wordInstant(run.startedAt)}${took}</span></span></summary><div id="${run.id}">${outputBlock(run, telling)}</div></details>`
}

/** Every command with its output folded away, the telling lines marked. */
export const runBlocks = (report: Report): string => {
  const telling = tellingLines(report)
  return report.runs.map(run => runBlock(run, telling.get(run.id) ?? new Set())).join('')
}
