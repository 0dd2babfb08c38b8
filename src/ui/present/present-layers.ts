import { layers } from '../../base/index.ts'
import type { LayerState, LayerStates } from '../../session/index.ts'
import { glyphs } from '../theme/glyphs.ts'
import { spreadRow } from './fit-row.ts'
import { type Row, span } from './span.ts'
import type { Word } from './words.ts'

const words: Readonly<Record<LayerState, Word>> = {
  untouched: { sign: glyphs.untouched, text: 'not looked at', tone: 'dim' },
  undecided: { sign: glyphs.unknown, text: 'undecided', tone: 'dim' },
  clear: { sign: glyphs.good, text: 'clear', tone: 'good' },
  suspect: { sign: glyphs.warn, text: 'suspect', tone: 'warn' },
  failing: { sign: glyphs.bad, text: 'failing', tone: 'bad' },
}

/** The ladder of layers, outermost first, each with its state as sign and word. */
export const presentLayers = (states: LayerStates, width: number): readonly Row[] =>
  layers.map(layer => {
    const { sign, text, tone } = words[states[layer]]
    const said = states[layer] === 'untouched' && width < 28 ? '' : `${text} `
    const name = span(layer, states[layer] === 'untouched' ? 'dim' : 'plain')
    return spreadRow({ left: [name], right: [span(`${said}${sign}`, tone)], width })
  })
