import { runsAt } from '../runs-at.ts'
import { sortWays } from '../sort-ways.ts'
import type { Report, ReportStep } from '../types.ts'
import { e } from './elements.ts'
import { fitText } from './fit-text.ts'

const WIDTH = 340
const BOX_WIDTH = 286
const BOX = 50
const GAP = 46
const TITLE_ROOM = 33
const LABEL_ROOM = 36
const MOST_STUBS = 7
/** A drawing of more steps says less than the list beside it. */
const MOST_STEPS = 60

/** What happened at a step: something was changed there, a cause showed there, or neither. */
const kindOf = (report: Report, step: ReportStep): string => {
  const here = runsAt(report, step)
  if (here.some(({ effect }) => effect !== 'read')) return 'change'
  const ids = new Set(here.map(run => run.id))
  const isShown = report.causes.some(({ evidence }) => evidence.some(({ run }) => ids.has(run)))
  return isShown ? 'found' : 'plain'
}

/** Short lines that end at once: the ways that were looked at and ruled out. */
const stubs = (count: number, y: number): string => {
  const shown = Math.min(count, MOST_STUBS)
  const lines = Array.from({ length: shown }, (_, index) => {
    const at = y + BOX / 2 + (index - (shown - 1) / 2) * 6
    return `<path class="stub" d="M${BOX_WIDTH} ${y + BOX / 2}Q${BOX_WIDTH + 12} ${at} ${BOX_WIDTH + 22} ${at}"/>`
  })
  const number = `<text class="small dim" x="${BOX_WIDTH + 27}" y="${y + BOX / 2 + 4}">✕${count}</text>`
  return `<g><title>${count} ruled out</title>${lines.join('')}${number}</g>`
}

const box = (report: Report, step: ReportStep, index: number): string => {
  const y = index * (BOX + GAP)
  const ruledOut = sortWays(step).ruledOut.reduce((sum, { labels }) => sum + labels.length, 0)
  const under = [step.layer, step.at.slice(11, 19)].filter(part => part !== undefined).join(' · ')
  return `<a href="#step-${index + 1}"><title>${e(step.title)}</title><rect class="box ${kindOf(report, step)}" x="1" y="${y + 1}" width="${BOX_WIDTH - 2}" height="${BOX - 2}" rx="9"/><circle class="no" cx="23" cy="${y + BOX / 2}" r="12"/><text class="no" x="23" y="${y + BOX / 2 + 4}" text-anchor="middle">${index + 1}</text><text class="title" x="45" y="${y + 21}">${e(fitText(step.title, TITLE_ROOM))}</text><text class="small dim" x="45" y="${y + 38}">${e(under)}</text></a>${ruledOut === 0 ? '' : stubs(ruledOut, y)}`
}

const arrow = (step: ReportStep, index: number): string => {
  const { taken } = sortWays(step)
  const top = index * (BOX + GAP) + BOX
  const label = fitText(taken?.label ?? '', LABEL_ROOM)
  return `<path class="arrow" d="M23 ${top}V${top + GAP - 6}m-5 -6l5 6l5 -6"/>${label === '' ? '' : `<text class="small" x="36" y="${top + GAP / 2 + 4}">${e(label)}</text>`}`
}

const ends: Readonly<Record<string, readonly [kind: string, word: string]>> = {
  resolved: ['good', 'resolved'],
  healthy: ['good', 'healthy'],
  escalated: ['bad', 'escalated'],
  'problem-found': ['bad', 'problem found'],
}

const end = ({ status, path }: Report): string => {
  const [kind, word] = ends[status] ?? ['warn', status]
  const y = path.length * (BOX + GAP)
  return `<rect class="end ${kind}" x="1" y="${y + 1}" width="150" height="30" rx="15"/><text class="title" x="76" y="${y + 21}" text-anchor="middle">${word}</text>`
}

/** The steps that were walked, from above to below, with the branches that led on and stubs for those that were ruled out. */
export const pathDiagram = (report: Report): string => {
  const { path } = report
  if (path.length === 0 || path.length > MOST_STEPS) return ''
  const height = path.length * (BOX + GAP) + 34
  const parts = path.map((step, index) => box(report, step, index) + arrow(step, index))
  return `<svg class="path" role="group" aria-label="The way as a diagram" viewBox="0 0 ${WIDTH} ${height}">${parts.join('')}${end(report)}</svg>`
}
