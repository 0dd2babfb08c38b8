import { shareRows } from '../layout/share-rows.ts'
import { plainTheme } from '../theme/themes.ts'
import { toAnsi } from '../theme/to-ansi.ts'
import { fitRow, rowWidth } from './fit-row.ts'
import { type Row, span } from './span.ts'
import { wrapRow } from './wrap-row.ts'

/** A cell's text with its looks. */
export type TableCell = Row

/** A table as the document has it. */
export type Table = {
  readonly header: readonly TableCell[]
  readonly rows: readonly (readonly TableCell[])[]
}

const separator = '  '
const leastCell = 6

const widestOf = (cells: readonly TableCell[]): number => Math.max(1, ...cells.map(rowWidth))

/** Column widths: every column gets what its widest cell needs, or a fair share when that is too much together. */
const columnWidths = ({ header, rows }: Table, width: number): readonly number[] => {
  const wants = header.map((cell, at) => widestOf([cell, ...rows.map(r => r[at] ?? [])]))
  const room = width - separator.length * (header.length - 1)
  const shares = wants.map(most => ({ least: Math.min(most, leastCell), most }))
  return shareRows(shares, room).map(given => Math.max(1, given))
}

const drawRow = (cells: readonly TableCell[], widths: readonly number[]): readonly Row[] => {
  const columns = widths.map((width, at) => wrapRow(cells[at] ?? [], { width }))
  const height = Math.max(1, ...columns.map(c => c.length))
  return Array.from({ length: height }, (_, y) =>
    widths.flatMap((width, at) => [
      ...(at > 0 ? [span(separator)] : []),
      ...fitRow(columns[at]?.[y] ?? [], width),
    ]),
  )
}

const bold = (cell: TableCell): TableCell =>
  cell.map(part => ({ ...part, look: { ...part.look, bold: true } }))

const line = (widths: readonly number[]): Row => [
  span(widths.map(width => '─'.repeat(width)).join(separator)),
]

/** A table as text with colour codes, its cells wrapped so that no row is wider than `width`. */
export const presentTable = (table: Table, width: number): string => {
  const widths = columnWidths(table, width)
  const rows = [
    ...drawRow(table.header.map(bold), widths),
    line(widths),
    ...table.rows.flatMap(cells => drawRow(cells, widths)),
  ]
  return rows.map(r => toAnsi(r, plainTheme)).join('\n')
}
