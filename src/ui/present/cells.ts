import stringWidth from 'string-width'

const narrow = /^[\x20-\x7e]*$/
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** How many terminal columns a text takes: CJK and emoji count two, combining marks none. The text holds no escapes. */
export const cellWidth = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text))

/** The user-perceived characters of a text. */
export const graphemes = (text: string): readonly string[] =>
  narrow.test(text) ? [...text] : Array.from(segmenter.segment(text), part => part.segment)

/** A text cut in two: `head` is what fits into the columns, never half a wide character. */
export type Cut = { readonly head: string; readonly rest: string }

/** Cuts a text after at most `width` columns. */
export const cutCells = (text: string, width: number): Cut => {
  if (width <= 0) return { head: '', rest: text }
  if (narrow.test(text)) return { head: text.slice(0, width), rest: text.slice(width) }
  let used = 0
  let end = 0
  for (const { segment } of segmenter.segment(text)) {
    const wide = stringWidth(segment)
    if (used + wide > width) break
    used += wide
    end += segment.length
  }
  return { head: text.slice(0, end), rest: text.slice(end) }
}

/** A text with tabs drawn as spaces up to the next multiple of eight columns. */
export const expandTabs = (text: string): string => {
  if (!text.includes('\t')) return text
  return text.split('\t').reduce((done, part, at) => {
    if (at === 0) return part
    return done + ' '.repeat(8 - (cellWidth(done) % 8)) + part
  })
}
