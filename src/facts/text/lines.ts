/** A line of a text with its number, counted from 1. */
export type TextLine = { readonly number: number; readonly text: string }

// A path has at most 4096 characters, most far fewer: no row of a table of devices or units is longer.
const LONGEST_ROW = 1000

/** The lines of a text that can be rows of a table; patterns with several blanks in a row need not bear longer ones. */
export const rowLinesOf = (text: string): readonly TextLine[] =>
  linesOf(text).filter(line => line.text.length <= LONGEST_ROW)

/** A text of which only what stands from an index on counts: the lines before are empty, so that all keep their numbers. */
export const countedFrom = (text: string, start: number): string =>
  text.slice(0, start).replace(/[^\n]+/g, '') + text.slice(start)

/** The lines of a text that are not blank; a carriage return at the end of a line is dropped. */
export const linesOf = (text: string): readonly TextLine[] =>
  text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.endsWith('\r') ? line.slice(0, -1) : line }))
    .filter(line => line.text.trim() !== '')
