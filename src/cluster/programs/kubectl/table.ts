const LEAST = 6
const PADDING = 3

/** Rows in columns as kubectl sets them: three spaces between, the last column as it is. */
export const formatTable = (rows: readonly (readonly string[])[], padding = PADDING): string => {
  const widths: number[] = []
  for (const row of rows)
    for (const [at, cell] of row.slice(0, -1).entries())
      widths[at] = Math.max(widths[at] ?? (padding === PADDING ? LEAST : 0), cell.length + padding)
  return rows
    .map(
      row =>
        `${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('')}\n`,
    )
    .join('')
}
