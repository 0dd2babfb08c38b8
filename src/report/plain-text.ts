import { showHidden } from '../base/index.ts'

// Select Graphic Rendition (ECMA-48): what is left of escapes in kept outputs.
const colours = /\u001B\[[\d;:]*m/g

/** A line of an output without its colours, hidden characters shown. */
export const plainText = (text: string): string => showHidden(text.replace(colours, ''))
