/** Where BIND's tools set the parts of a record: name, time to live, class, type, data. */
const COLUMNS = [0, 24, 32, 40, 48]
const TAB = 8

/** What leads from a column to another, at least a blank: tabs where one lies between. */
const gap = (from: number, to: number): string => {
  const end = Math.max(to, from + 1)
  const tabs = Math.floor(end / TAB) - Math.floor(from / TAB)
  return tabs === 0 ? ' '.repeat(end - from) : '\t'.repeat(tabs) + ' '.repeat(end % TAB)
}

const inColumns = (cells: readonly string[], columns: readonly number[]): string => {
  let text = ''
  let at = 0
  for (const [index, cell] of cells.entries()) {
    const column = columns[index] ?? 0
    if (index > 0) text += gap(at, column)
    at = (index > 0 ? Math.max(column, at + 1) : 0) + cell.length
    text += cell
  }
  return text
}

/** A record as dig prints it. */
export const recordText = (
  name: string,
  { ttlS, type, data }: { readonly ttlS: number; readonly type: string; readonly data: string },
): string => inColumns([`${name}.`, String(ttlS), 'IN', type, data], COLUMNS)

/** A question as dig prints it. */
export const questionText = (name: string, type: string): string =>
  `;${inColumns([`${name}.`, 'IN', type], [0, ...COLUMNS.slice(2)])}`
