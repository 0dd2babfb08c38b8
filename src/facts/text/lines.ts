/** A line of a text with its number, counted from 1. */
export type TextLine = { readonly number: number; readonly text: string }

/** The lines of a text that are not blank; a carriage return at the end of a line is dropped. */
export const linesOf = (text: string): readonly TextLine[] =>
  text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.endsWith('\r') ? line.slice(0, -1) : line }))
    .filter(line => line.text.trim() !== '')
