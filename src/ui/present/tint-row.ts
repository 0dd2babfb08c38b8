import type { Tone } from '../theme/tone.ts'
import type { Row, Span } from './span.ts'

/** A stretch of a row's text in UTF-16 units, and the tone that it gets. */
export type Tint = { readonly from: number; readonly to: number; readonly tone: Tone }

/** A row with some of its stretches in another tone; what a tint covers loses its own look. Later tints win. */
export const tintRow = (line: Row, tints: readonly Tint[]): Row =>
  tints.reduce<Row>((tinted, tint) => {
    let offset = 0
    return tinted.flatMap(part => {
      const start = offset
      offset += part.text.length
      return tintSpan(part, { ...tint, from: tint.from - start, to: tint.to - start })
    })
  }, line)

const tintSpan = (part: Span, { from, to, tone }: Tint): readonly Span[] => {
  const begin = Math.max(0, from)
  const end = Math.min(part.text.length, to)
  if (begin >= end) return [part]
  return [
    { ...part, text: part.text.slice(0, begin) },
    { text: part.text.slice(begin, end), tone },
    { ...part, text: part.text.slice(end) },
  ].filter(piece => piece.text !== '')
}
