const pad = (text: string, width: number): string => text.padStart(width - 1).padEnd(width)
const centre = (text: string, width: number): string => {
  const left = Math.ceil((width - text.length) / 2)
  return `${' '.repeat(left)}${text}`.padEnd(width)
}

/** A table in a frame as etcdctl draws it: heads in the middle, cells to the right. */
export const framedTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map(row => row[at]?.length ?? 0)) + 2)
  const rule = `+${widths.map(width => '-'.repeat(width)).join('+')}+\n`
  const line = (cells: readonly string[], set: typeof pad): string =>
    `|${widths.map((width, at) => set(cells[at] ?? '', width)).join('|')}|\n`
  return `${rule}${line(heads, centre)}${rule}${rows.map(row => line(row, pad)).join('')}${rule}`
}

/** Bytes as etcdctl prints them: `25 kB`, `2.0 MB`, `97 MB`. */
export const etcdSize = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let at = 0
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000
    at += 1
  }
  return `${value < 10 && at > 0 ? value.toFixed(1) : Math.round(value)} ${units[at]}`
}
