import stringWidth from 'string-width'
import { lazily } from '../../base/index.ts'
import { narrowSymbols } from './narrow-symbols.ts'

const narrow = new RegExp(`^[\\x20-\\x7e${narrowSymbols}]*$`)
const segmenter = lazily(() => new Intl.Segmenter(undefined, { granularity: 'grapheme' }))

/** How many terminal columns a text takes: CJK and emoji count two, combining marks none. The text holds no escapes. */
export const cellWidth = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text))

/** The user-perceived characters of a text. */
export const graphemes = (text: string): readonly string[] =>
  narrow.test(text) ? [...text] : Array.from(segmenter().segment(text), part => part.segment)

/** Measures a character of each kind once: the first beyond those of every screen takes as long as several frames. */
export const warmUpCells = (): void => {
  for (const character of graphemes('é世🙂')) cellWidth(character)
}

/** A text cut in two: `head` is what fits into the columns, never half a wide character. */
export type Cut = { readonly head: string; readonly rest: string }

/** Cuts a text after at most `width` columns. */
export const cutCells = (text: string, width: number): Cut => {
  if (width <= 0) return { head: '', rest: text }
  if (narrow.test(text)) return { head: text.slice(0, width), rest: text.slice(width) }
  let used = 0
  let end = 0
  for (const { segment } of segmenter().segment(text)) {
    const wide = stringWidth(segment)
    if (used + wide > width) break
    used += wide
    end += segment.length
  }
  return { head: text.slice(0, end), rest: text.slice(end) }
}

/**
 * A text cut into pieces of at most `width` columns, as a terminal breaks a long line; at least one piece. A character that is wider
 * than that stands alone. */
export const chopCells = (text: string, width: number): readonly string[] => {
  const pieces: string[] = []
  let rest = text
  do {
    const cut = cutCells(rest, width)
    const head = cut.head === '' ? (graphemes(rest)[0] ?? rest) : cut.head
    pieces.push(head)
    rest = rest.slice(head.length)
  } while (rest !== '')
  return pieces
}
