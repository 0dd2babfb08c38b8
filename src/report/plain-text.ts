import { dropColours, showHidden } from '../base/index.ts'

/** A line of an output without its colours, hidden characters shown. */
export const plainText = (text: string): string => showHidden(dropColours(text))
