import stringWidth from 'string-width'

/**
 * Breaks a line at its blanks into rows of at most `width` columns; further rows begin with `hang`. A longer word stays whole: it is to be
 * taken over as it is.
 */
export const wrapLine = (line: string, width: number, hang = ''): readonly string[] => {
  const rows: string[] = []
  let row = ''
  for (const [piece, word = ''] of line.matchAll(/\s*(\S+)/g)) {
    if (row.trim() !== '' && stringWidth(row + piece) > width) {
      rows.push(row)
      row = hang + word
    } else row += piece
  }
  return [...rows, row]
}

/** The same for a text, whose own line ends and runs of blanks do not count; without any word there is no row. */
export const wrapWords = (text: string, width: number): readonly string[] => {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line === '' ? [] : wrapLine(line, width)
}
