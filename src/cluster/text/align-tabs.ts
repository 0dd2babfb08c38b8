const PADDING = 2

/** A line whose cells end with tabs; what stands behind the last of them is in no column. */
type Line = readonly string[]

/** The width of the column at a place in each line: as wide as the widest cell among the lines around that have one there. */
const widthsAt = (lines: readonly Line[], at: number): readonly number[] => {
  const widths: number[] = lines.map(() => 0)
  let from = 0
  for (let index = 0; index <= lines.length; index++) {
    if ((lines[index]?.length ?? 0) > at + 1) continue
    const block = lines.slice(from, index)
    const width = Math.max(0, ...block.map(line => line[at]?.length ?? 0)) + PADDING
    for (let inside = from; inside < index; inside++) widths[inside] = width
    from = index + 1
  }
  return widths
}

/** Text whose tabs end the cells of columns, with blanks in their place, as Go's tabwriter sets it with two blanks between. */
export const alignTabs = (text: string): string => {
  if (!text.includes('\t')) return text
  const lines = text.split('\n').map(line => line.split('\t'))
  const most = Math.max(...lines.map(line => line.length)) - 1
  const columns = [...Array(most).keys()].map(at => widthsAt(lines, at))
  return lines
    .map((line, index) =>
      line
        .map((cell, at) => (at === line.length - 1 ? cell : cell.padEnd(columns[at]?.[index] ?? 0)))
        .join(''),
    )
    .join('\n')
}
