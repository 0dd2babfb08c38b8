import { escapeMarkup } from '../escape-markup.ts'
import type { Report, ReportRun } from '../types.ts'
import { wordInstant, wordSpan } from '../word-times.ts'

const WIDTH = 720
const ROW = 18
const LABEL = 150

const kindOf = ({ effect, exit }: ReportRun): string =>
  effect === 'read' ? (exit === undefined ? 'odd' : 'read') : 'change'

type Scale = { readonly from: number; readonly span: number }

const drawRun = (run: ReportRun, index: number, { from, span }: Scale): string => {
  const start = Date.parse(run.startedAt)
  const x = LABEL + ((start - from) / span) * (WIDTH - LABEL)
  const width = Math.max(3, (((run.seconds ?? 0) * 1000) / span) * (WIDTH - LABEL))
  const y = index * ROW
  const took = run.seconds === undefined ? '' : `, ${wordSpan(run.seconds)}`
  const label = `${run.id} ${run.line.replaceAll('\n', ' ')}`
  return `<g><title>${escapeMarkup(`${label}: ${run.outcome}${took}`)}</title><text x="0" y="${y + 13}">${escapeMarkup(label.slice(0, 22))}</text><rect class="${kindOf(run)}" x="${x.toFixed(1)}" y="${y + 3}" width="${Math.min(width, WIDTH - x).toFixed(1)}" height="12" rx="2"/></g>`
}

/** When each command ran and for how long, as a chart; nothing where no command ran. */
export const drawTimeline = ({ runs, startedAt, endedAt }: Report): string => {
  if (runs.length === 0) return ''
  const from = Date.parse(startedAt)
  const span = Math.max(1000, Date.parse(endedAt) - from)
  const height = runs.length * ROW + 20
  const bars = runs.map((run, index) => drawRun(run, index, { from, span }))
  const axis = `<text x="${LABEL}" y="${height - 4}">${wordInstant(startedAt)}</text><text x="${WIDTH}" y="${height - 4}" text-anchor="end">${wordInstant(endedAt)} UTC</text>`
  return `<div class="wide"><svg role="img" aria-label="When each command ran" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">${bars.join('')}${axis}</svg></div>`
}
