import { sortWays } from '../sort-ways.ts'
import type { Report, ReportStep } from '../types.ts'
import { wordInstant } from '../word-times.ts'
import { chip, e } from './elements.ts'

const takenItem = ({ taken }: ReturnType<typeof sortWays>): string =>
  taken === undefined
    ? ''
    : `<p class="taken">→ <strong>${e(taken.label)}</strong> <span class="dim">because</span> ${e(taken.because)}</p>`

const ruledOutFold = ({ ruledOut }: ReturnType<typeof sortWays>): string => {
  const count = ruledOut.reduce((sum, { labels }) => sum + labels.length, 0)
  if (count === 0) return ''
  const rows = ruledOut.map(
    ({ because, labels }) => `<li><span class="dim">${e(because)}:</span> ${e(labels.join('; '))}</li>`,
  )
  return `<details><summary>${count} ruled out</summary><ul>${rows.join('')}</ul></details>`
}

const stepItem = (step: ReportStep, index: number): string => {
  const ways = sortWays(step)
  const layer = step.layer === undefined ? '' : chip(step.layer)
  const open = ways.open.map(text => `<p class="warn">not known: ${e(text)}</p>`).join('')
  return `<li id="step-${index + 1}"><h3>${e(step.title)} ${layer}</h3><p class="dim">${wordInstant(step.at)}, ${e(step.reason)}</p>${takenItem(ways)}${open}${ruledOutFold(ways)}</li>`
}

/** Every step of the way with the branch that was taken and why, and what was ruled out folded away. */
export const pathSteps = ({ path }: Report): string =>
  path.length === 0 ? '' : `<ol class="steps">${path.map(stepItem).join('')}</ol>`
