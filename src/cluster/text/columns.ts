/** How a column is laid out: `left` or `right` of its width, `last` without padding. */
export type Alignment = 'left' | 'right'

/** Lays rows out in columns as wide as their widest cell, `gap` blanks between; blanks at line ends are cut. */
export const alignColumns = (
  rows: readonly (readonly string[])[],
  { alignments = [], gap = 1 }: { readonly alignments?: readonly Alignment[]; readonly gap?: number } = {},
): readonly string[] => {
  const widths: number[] = []
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  return rows.map(row =>
    row
      .map((cell, at) =>
        alignments[at] === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}

/** Lines as a program prints them: each with its end; nothing for no lines. */
export const asText = (lines: readonly string[]): string => [...lines, ''].join('\n')
