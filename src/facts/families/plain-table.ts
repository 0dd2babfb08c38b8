import type { TextLine } from '../text/lines.ts'

/** One line below a header: its cells by column title; cells are trimmed and may be empty. */
export type PlainRow = {
  readonly line: number
  readonly titles: readonly string[]
  readonly cells: Readonly<Record<string, string>>
}

type Column = { readonly title: string; readonly start: number }

const spacedTitles =
  /LAST SEEN|FIRST SEEN|NOMINATED NODE|READINESS GATES|ACCESS MODES|RECLAIM POLICY|NODE SELECTOR|LAST SCHEDULE|POD ID|IMAGE ID|CONTAINER ID|CPU %|APP VERSION|\S+/g

/** The titles of a header with where each begins; a header whose gaps have collapsed to one blank is told by the usual titles. */
const columnsOf = (header: string): readonly Column[] => {
  const pattern = /\S\s\s+\S/.test(header) ? /\S+(?: \S+)*/g : spacedTitles
  return [...header.matchAll(pattern)].map(match => ({ title: match[0], start: match.index }))
}

const zip = (columns: readonly Column[], cells: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((column, index) => [column.title, (cells[index] ?? '').trim()]))

const isAligned = (text: string, columns: readonly Column[]): boolean =>
  columns.every(({ start }) => start === 0 || start > text.length || text[start - 1] === ' ')

// A cell with a gap in it holds what belongs to its neighbours.
const holdsGap = (cell: string): boolean => /\S\s{2,}\S/.test(cell)

const byPosition = (text: string, columns: readonly Column[]): readonly string[] =>
  columns.map((column, index) => text.slice(column.start, columns[index + 1]?.start))

// `3 (2m ago)` is one cell, in a table whose gaps have collapsed too.
const byWords = (text: string, columns: readonly Column[]): readonly string[] => {
  const words = text.trim().match(/\S+(?: \([^)]* ago\))?/g) ?? []
  const last = columns.length - 1
  return [...words.slice(0, last), words.slice(last).join(' ')]
}

const nearest = (columns: readonly Column[], start: number, from: number): number => {
  const distance = (index: number): number => Math.abs((columns[index]?.start ?? Number.NaN) - start)
  let best = from
  while (distance(best + 1) < distance(best)) best += 1
  return best
}

// Each cell belongs below the title that begins nearest to it; what is left over belongs to the last.
const byNearness = (text: string, columns: readonly Column[]): readonly string[] => {
  const cells: string[] = []
  let next = 0
  for (const match of text.matchAll(/\S+(?: \S+)*/g)) {
    const index = nearest(columns, match.index, Math.min(next, columns.length - 1))
    cells[index] = index < next ? `${cells[index]}  ${match[0]}` : match[0]
    next = index + 1
  }
  return cells
}

const cellsOf = (text: string, columns: readonly Column[]): Readonly<Record<string, string>> => {
  const placed = byPosition(text, columns)
  if (isAligned(text, columns) && !placed.slice(0, -1).some(holdsGap)) return zip(columns, placed)
  const byGaps = text.trim().split(/\s{2,}/)
  if (byGaps.length === columns.length) return zip(columns, byGaps)
  return zip(columns, byGaps.length > 1 ? byNearness(text, columns) : byWords(text, columns))
}

const byTabs = (text: string, columns: readonly Column[]): Readonly<Record<string, string>> =>
  zip(columns, text.split('\t'))

const tabColumns = (header: string): readonly Column[] =>
  header.split('\t').map(title => ({ title: title.trim(), start: 0 }))

/**
 * The rows of a left-aligned table, as kubectl, crictl, ctr, docker and helm print it. A further header begins a further table;
 * lines before the first are passed over. A row that is not aligned with its header is cut at its gaps instead.
 */
export const readPlainTable = (
  lines: readonly TextLine[],
  isHeader: (text: string) => boolean,
): readonly PlainRow[] => {
  let header = ''
  let columns: readonly Column[] = []
  const rows: PlainRow[] = []
  for (const { number, text } of lines) {
    if (isHeader(text)) {
      header = text
      columns = text.includes('\t') ? tabColumns(text) : columnsOf(text)
    } else if (columns.length > 0) {
      const cells = header.includes('\t') ? byTabs(text, columns) : cellsOf(text, columns)
      rows.push({ line: number, titles: columns.map(column => column.title), cells })
    }
  }
  return rows
}
