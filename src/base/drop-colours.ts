// Select Graphic Rendition (ECMA-48): what the cleaning of outputs leaves of terminal escapes.
const colours = /\x1b\[[\d;:]*m/g

/** A cleaned text without its colours; what it counts, copies and matches is what one reads. */
export const dropColours = (text: string): string => text.replace(colours, '')
