import stringWidth from 'string-width'

/** A piece of a line, and a second line of signs below it that marks the hit. */
export type Quote = { readonly text: string; readonly marks: string }

/** What to quote: `column` counts from 1; `width` is the room for it in characters; `cut` stands where text was left out. */
export type Quotable = {
  readonly text: string
  readonly column: number
  readonly length: number
  readonly width: number
  readonly cut: string
}

// Tabs would move the marks away from what they mark.
const flat = (text: string): string => text.replaceAll('\t', ' ')

const BEFORE = 24

/**
 * Quotes a line with its hit in sight: a line that is too long loses its beginning or its end. Without a hit, or with one beyond the
 * text, there are no marks.
 */
export const quoteLine = ({ text, column, length: wanted, width, cut }: Quotable): Quote => {
  const room = Math.max(20, width)
  const isSeen = wanted > 0 && column - 1 < text.length
  const hit = isSeen ? Math.max(0, column - 1) : 0
  const length = isSeen ? wanted : 0
  const needsCut = text.length > room
  const start =
    needsCut && hit + length > room - cut.length ? Math.max(0, Math.min(hit - BEFORE, text.length - room)) : 0
  const end = start + room
  const before = start > 0 ? cut : ''
  const after = end < text.length ? cut : ''
  const kept = text.slice(start + before.length, end - after.length)
  const marked = text.slice(hit, Math.min(hit + length, end - after.length))
  const indent = stringWidth(before + text.slice(start + before.length, hit))
  const isWhole = length >= text.trim().length
  return {
    text: flat(before + kept + after),
    marks: length === 0 || isWhole ? '' : ' '.repeat(indent) + '^'.repeat(Math.max(1, stringWidth(marked))),
  }
}
