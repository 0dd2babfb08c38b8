import { type Cells, combine, type Located, listFact, nothing, record } from '../parsed.ts'
import type { TextLine } from '../text/lines.ts'
import type { FactValue, Parsed } from '../types.ts'
import { readPlainTable } from './plain-table.ts'
import { asText, type CellReader, fieldNameOf } from './row-readers.ts'
import { unreadRows } from './unread-rows.ts'

/** A table of a tool: the fact its rows go to, what its titles joined by `|` look like, how its columns are read. */
export type TableKind = {
  readonly fact: string
  readonly header: RegExp
  readonly columns: Readonly<Record<string, CellReader>>
  /** The titles of the plain listing, for lines whose header was filtered away. */
  readonly standard: string
}

type TableText = {
  readonly tables: readonly TableKind[]
  readonly lines: readonly TextLine[]
  /** The fact that the command asks for, if it is known. */
  readonly asked: string | undefined
  readonly exitCode: number | undefined
}

const titlesOf = (text: string): string =>
  text
    .trim()
    .split(/\s{2,}|\t+/)
    .map(title => title.trim())
    .join('|')

const kindOf = (tables: readonly TableKind[], titles: string): TableKind | undefined =>
  tables.find(table => table.header.test(titles))

const readRow = (kind: TableKind, cells: Readonly<Record<string, string>>): FactValue | undefined => {
  const fields: Record<string, Cells[string]> = {}
  for (const [title, cell] of Object.entries(cells)) {
    const read = (kind.columns[title] ?? asText(fieldNameOf(title)))(cell)
    if (read === undefined) return undefined
    Object.assign(fields, read)
  }
  return record(fields)
}

const headedRows = ({ tables, lines }: TableText) =>
  readPlainTable(lines, text => kindOf(tables, titlesOf(text)) !== undefined).flatMap(row => {
    const kind = kindOf(tables, row.titles.join('|'))
    return kind === undefined ? [] : [{ kind, line: row.line, cells: row.cells }]
  })

const headlessRows = ({ tables, lines, asked }: TableText) => {
  const kind = tables.find(table => table.fact === asked)
  if (kind === undefined) return []
  const titles = kind.standard.split('|')
  return lines.flatMap(({ number, text }) => {
    const cells = text.trim().split(/\s{2,}/)
    if (cells.length !== titles.length) return []
    return [
      { kind, line: number, cells: Object.fromEntries(titles.map((title, i) => [title, cells[i] ?? ''])) },
    ]
  })
}

/**
 * The facts of a tool's tables. A header without rows says that there is none of it; so does an output that a filter left empty. Of rows
 * that cannot stand below their titles a diagnostic tells.
 */
export const tableFacts = (text: TableText): Parsed => {
  const headers = text.lines.flatMap(line => kindOf(text.tables, titlesOf(line.text)) ?? [])
  const drafts = headers.length > 0 ? headedRows(text) : headlessRows(text)
  const read = drafts.map(({ kind, line, cells }) => ({ fact: kind.fact, line, value: readRow(kind, cells) }))
  const rows = read.flatMap(({ fact, line, value }) =>
    value === undefined ? [] : [{ fact, row: { line, value } satisfies Located<FactValue> }],
  )
  const strange = new Set(read.filter(row => row.value === undefined).map(row => row.line))
  const unread =
    headers.length > 0 ? unreadRows(text.lines.filter(({ number }) => strange.has(number))) : nothing
  const fact = rows[0]?.fact ?? headers[0]?.fact ?? (filteredAway(text) ? text.asked : undefined)
  if (fact === undefined || (rows.length === 0 && unread !== nothing)) return unread
  const own = rows.filter(row => row.fact === fact).map(row => row.row)
  return combine([listFact(fact, own), unread])
}

const filteredAway = ({ lines, exitCode }: TableText): boolean => lines.length === 0 && exitCode === 1
