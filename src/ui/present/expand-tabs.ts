import { cellWidth } from './cells.ts'
import type { Row } from './span.ts'

const stop = 8

/** A text with tabs drawn as spaces up to the next multiple of eight columns, counted as if it began at column `from`. */
export const expandTextTabs = (text: string, from = 0): string =>
  text.split('\t').reduce((done, part, at) => {
    if (at === 0) return part
    const column = from + cellWidth(done)
    return `${done}${' '.repeat(stop - (column % stop))}${part}`
  })

/** A row with tabs drawn as spaces up to the next multiple of eight columns. */
export const expandTabs = (line: Row): Row => {
  if (!line.some(part => part.text.includes('\t'))) return line
  let column = 0
  return line.map(part => {
    const text = expandTextTabs(part.text, column)
    column += cellWidth(text)
    return { ...part, text }
  })
}
