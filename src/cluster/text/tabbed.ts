const STEP = 8

const widthOf = (text: string): number => [...text].length

/**
 * Aligns lines whose cells end in tabs as Go's tabwriter does with tabs for padding: cells of one column in lines that follow each
 * other get the same width, a whole number of tab stops.
 */
export const alignTabs = (lines: readonly string[]): string => {
  const rows = lines.map(line => line.split('\t'))
  const padded = rows.map(cells => [...cells])
  const most = Math.max(0, ...rows.map(cells => cells.length))
  for (let column = 0; column < most - 1; column++) {
    let from = 0
    while (from < rows.length) {
      let to = from
      while (to < rows.length && (rows[to]?.length ?? 0) > column + 1) to += 1
      const block = rows.slice(from, to).map(cells => widthOf(cells[column] ?? ''))
      const width = Math.ceil((Math.max(0, ...block) + 1) / STEP) * STEP
      for (let row = from; row < to; row++) {
        const cell = rows[row]?.[column] ?? ''
        const tabs = Math.ceil((width - widthOf(cell)) / STEP)
        const cells = padded[row]
        if (cells !== undefined) cells[column] = cell + '\t'.repeat(tabs)
      }
      from = Math.max(to, from + 1)
    }
  }
  return padded.map(cells => `${cells.join('')}\n`).join('')
}
