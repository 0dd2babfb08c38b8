import type { TextLine } from './lines.ts'
import type { TableRow } from './table.ts'

const cellsOf = (text: string): readonly string[] =>
  text
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(cell => cell.trim())

const isFrame = (text: string): boolean => /^\s*\+[-+]+\+\s*$/.test(text)

// A cell that is too long goes on in the next line, whose other cells are empty.
const joined = (before: TableRow, titles: readonly string[], cells: readonly string[]): TableRow => ({
  line: before.line,
  cells: Object.fromEntries(
    titles.map((title, index) => [title, `${before.cells[title] ?? ''} ${cells[index] ?? ''}`.trim()]),
  ),
})

/** Reads tables drawn with `+---+` and `|` (etcdctl, gravity, salt); several in one text are read one after another. */
export const readBoxTable = (lines: readonly TextLine[]): readonly TableRow[] => {
  const rows: TableRow[] = []
  let titles: readonly string[] = []
  let frames = 0
  for (const { number, text } of lines) {
    if (isFrame(text)) frames += 1
    else if (!text.trim().startsWith('|')) frames = 0
    else if (frames % 3 === 1) titles = cellsOf(text)
    else {
      const cells = cellsOf(text)
      const before = rows.at(-1)
      if (cells[0] === '' && before !== undefined) rows[rows.length - 1] = joined(before, titles, cells)
      else
        rows.push({
          line: number,
          cells: Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? ''])),
        })
    }
  }
  return rows
}
