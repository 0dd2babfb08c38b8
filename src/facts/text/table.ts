import type { TextLine } from './lines.ts'

/** A row of a table: its cells by column title, and the line it stands on. */
export type TableRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> }

type Column = { readonly title: string; readonly start: number }

const columnsOf = (header: string): readonly Column[] =>
  [...header.matchAll(/\S+/g)].map(match => ({ title: match[0], start: match.index }))

// A cell may begin a little left of its title (right-aligned numbers) or run into the next column's gap, so the cut is
// moved left to the nearest blank.
const cutBefore = (text: string, start: number): number => {
  if (start === 0 || start >= text.length) return Math.min(start, text.length)
  let at = start
  while (at > 0 && text[at - 1] !== ' ' && text[at - 1] !== '\t') at -= 1
  return at
}

const cellsOf = (text: string, columns: readonly Column[]): Readonly<Record<string, string>> => {
  const cuts = columns.map(column => cutBefore(text, column.start))
  return Object.fromEntries(
    columns.map((column, index) => [column.title, text.slice(cuts[index], cuts[index + 1]).trim()]),
  )
}

/**
 * Reads a table whose titles are single words and whose numbers are aligned to the right, so that cells may begin before their titles
 * (lsblk). The header may be repeated further down.
 */
export const readTable = (
  lines: readonly TextLine[],
  isHeader: (text: string) => boolean,
): readonly TableRow[] => {
  let columns: readonly Column[] = []
  const rows: TableRow[] = []
  for (const { number, text } of lines) {
    if (isHeader(text)) columns = columnsOf(text)
    else if (columns.length > 0) rows.push({ line: number, cells: cellsOf(text, columns) })
  }
  return rows
}
