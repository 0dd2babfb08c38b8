import { type Layer, layers } from '../../base/index.ts'
import type { Report } from '../types.ts'
import { e } from './elements.ts'

type State = Report['layers'][Layer]

const looks: Readonly<Record<State, readonly [kind: string, sign: string, word: string]>> = {
  failing: ['bad', '✕', 'failing'],
  suspect: ['warn', '!', 'suspect'],
  clear: ['good', '✓', 'clear'],
  undecided: ['dim', '?', 'undecided'],
  untouched: ['dim', '·', 'not looked at'],
}

/** The ladder of layers as the triage left it, from what users see down to the machine. */
export const ladder = (report: Report): string => {
  const rungs = layers.map(layer => {
    const [kind, sign, word] = looks[report.layers[layer]]
    return `<li class="${kind}"><span aria-hidden="true">${sign}</span><strong>${layer}</strong><em>${e(word)}</em></li>`
  })
  return `<ol class="ladder" aria-label="Layers">${rungs.join('')}</ol>`
}
