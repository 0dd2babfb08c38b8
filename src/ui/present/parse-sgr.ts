import { showHidden } from '../../base/index.ts'
import { type Colour, colours, type Look, type Tone } from '../theme/tone.ts'
import type { Row, Span } from './span.ts'

const sequence = /\x1b\[([\d;:]*)m/g

const colourAt = (index: number): Colour | undefined => colours[index]

/** The nearest of the sixteen colours to an entry of the 256-colour table; greys and cube colours go by their strongest parts. */
const nearestColour = (index: number): Colour | undefined => {
  if (index < 16) return colourAt(index)
  if (index >= 232) return index < 244 ? 'bright-black' : 'white'
  const cube = index - 16
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6] as const
  const most = Math.max(red, green, blue)
  if (most === 0) return 'bright-black'
  const bit = (part: number): number => (part * 2 > most ? 1 : 0)
  return colourAt(bit(red) + bit(green) * 2 + bit(blue) * 4 + (most > 3 ? 8 : 0))
}

const extended = (codes: readonly number[], at: number): { colour: Colour | undefined; taken: number } =>
  codes[at + 1] === 5
    ? { colour: nearestColour(codes[at + 2] ?? 7), taken: 2 }
    : { colour: undefined, taken: 4 }

const attributes: Readonly<Record<number, Look>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
}

const cleared: Readonly<Record<number, readonly (keyof Look)[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
  39: ['colour'],
  49: ['background'],
}

const without = (look: Look, keys: readonly string[]): Look =>
  Object.fromEntries(Object.entries(look).filter(([key]) => !keys.includes(key)))

const colourCode = (code: number): Look => {
  const index = [30, 90, 40, 100].find(base => code >= base && code < base + 8)
  if (index === undefined) return {}
  const colour = colourAt(code - index + (index >= 90 ? 8 : 0))
  if (colour === undefined) return {}
  return index === 40 || index === 100 ? { background: colour } : { colour }
}

const applyCodes = (look: Look, codes: readonly number[]): Look => {
  let next = look
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0
    if (code === 0) next = {}
    else if (code === 38 || code === 48) {
      const { colour, taken } = extended(codes, at)
      if (colour !== undefined) next = { ...next, [code === 38 ? 'colour' : 'background']: colour }
      at += taken
    } else next = { ...without(next, cleared[code] ?? []), ...attributes[code], ...colourCode(code) }
  }
  return next
}

/**
 * A text with colour codes as spans of one tone, the codes kept as looks. True colours keep the text's own; 256 colours become the
 * nearest of sixteen. Any other escape is removed, as are
 * control characters except tabs.
 */
export const parseSgr = (text: string, tone: Tone = 'plain'): Row => {
  if (!/[\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(text))
    return text === '' ? [] : [{ text: showHidden(text), tone }]
  const parts: Span[] = []
  let look: Look = {}
  let from = 0
  const push = (piece: string): void => {
    const clean = showHidden(
      piece
        .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[^@-~]*[@-~]?|\x1b./g, '')
        .replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, ''),
    )
    if (clean === '') return
    parts.push(Object.keys(look).length === 0 ? { text: clean, tone } : { text: clean, tone, look })
  }
  for (const match of text.matchAll(sequence)) {
    push(text.slice(from, match.index))
    look = applyCodes(look, (match[1] ?? '').split(/[;:]/).map(Number))
    from = match.index + match[0].length
  }
  push(text.slice(from))
  return parts
}
