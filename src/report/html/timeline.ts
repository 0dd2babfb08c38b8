import { formatCounted } from '../../base/index.ts'
import type { Report, ReportRun } from '../types.ts'
import { wordInstant, wordSpan } from '../word-times.ts'
import { e } from './elements.ts'
import { fitText } from './fit-text.ts'
import { type Mark, percent, timeChart } from './time-chart.ts'

/** With more commands than this they share a row for each machine. */
const MOST_ROWS = 40
const ROW = 34
const LABEL_ROOM = 120

const kindOf = ({ effect, exit }: ReportRun): string =>
  effect === 'read' ? (exit === undefined ? 'odd' : 'read') : 'change'

const tip = (run: ReportRun): string =>
  `${run.id} ${run.line.replaceAll('\n', ' ')}: ${run.outcome}${run.seconds === undefined ? '' : `, ${wordSpan(run.seconds)}`}`

type Scale = { readonly from: number; readonly span: number }

const bar = (run: ReportRun, y: number, { from, span }: Scale): string => {
  const start = percent((Date.parse(run.startedAt) - from) / span)
  // A command of no time must be seen too.
  const width = Math.max(0.6, Math.min(100 - start, percent((1000 * (run.seconds ?? 0)) / span)))
  return `<rect class="${kindOf(run)}" x="${Math.min(start, 99.4)}%" y="${y}" width="${width}%" height="10" rx="2"><title>${e(tip(run))}</title></rect>`
}

const label = (text: string, y: number): string =>
  `<text class="small" x="0" y="${y}">${e(fitText(text, LABEL_ROOM))}</text>`

const rows = (runs: readonly ReportRun[], scale: Scale): readonly string[] =>
  runs.map(
    (run, index) => label(`${run.id} ${run.line}`, index * ROW + 12) + bar(run, index * ROW + 17, scale),
  )

const lanes = (runs: readonly ReportRun[], scale: Scale): readonly string[] =>
  [...Map.groupBy(runs, ({ host }) => host)].map(
    ([host, group], index) =>
      label(`${host}: ${formatCounted(group.length, 'command')}`, index * ROW + 12) +
      group.map(run => bar(run, index * ROW + 17, scale)).join(''),
  )

const marksOf = ({ times }: Report, { from, span }: Scale): readonly Mark[] => {
  const at = (name: string, kind: string, instant: string | undefined): readonly Mark[] =>
    instant === undefined ? [] : [{ name, kind, at: (Date.parse(instant) - from) / span }]
  return [
    ...at('the root cause showed', 'bad', times.firstSign),
    ...at('the first change', 'warn', times.firstChange),
    ...at('the root cause no longer showed', 'good', times.goneSince),
  ]
}

/** When each command ran and for how long, as a chart; nothing where no command ran. */
export const drawTimeline = (report: Report): string => {
  const { runs, startedAt, endedAt } = report
  if (runs.length === 0) return ''
  const from = Date.parse(startedAt)
  const scale = { from, span: Math.max(1000, Date.parse(endedAt) - from) }
  const drawn = runs.length > MOST_ROWS ? lanes(runs, scale) : rows(runs, scale)
  return timeChart({
    name: 'When each command ran',
    body: drawn.join(''),
    height: drawn.length * ROW,
    marks: marksOf(report, scale),
    ends: [wordInstant(startedAt), `${wordInstant(new Date(from + scale.span).toISOString())} UTC`],
    keys: [
      ['read', 'reads'],
      ['change', 'changes'],
      ['odd', 'did not end by itself'],
    ],
  })
}
