import stringWidth from 'string-width'

/** Columns at the left of a line from which on it belongs to a command above it. */
const deep = 6

/** What must stay in one line to be taken over as it is: commands, rows of tables, lines set in columns. */
const isFixed = (line: string): boolean =>
  /^\s*(?:c\d+ {2}|\$ |\|)/.test(line) ||
  /\S {3,}\S/.test(line.trimStart().slice(deep)) ||
  /^ {6,}/.test(line)

/** How the further rows of a line begin: below its text, behind the number or the sign in front of it. */
const hangOf = (line: string): string => ' '.repeat(/^ +(?:\S{1,3} +)?/.exec(line)?.[0].length ?? 0)

const wrapLine = (line: string, width: number): readonly string[] => {
  if (stringWidth(line) <= width || isFixed(line)) return [line]
  const hang = hangOf(line)
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

/** Breaks what is longer than `width` columns at its blanks. Blocks of code and commands stay as they are. */
export const wrapText = (text: string, width: number): string => {
  let isCode = false
  return text
    .split('\n')
    .flatMap(line => {
      const isFence = /^\s*(?:```|~~~)/.test(line)
      if (isFence) isCode = !isCode
      return isFence || isCode ? [line] : wrapLine(line, width)
    })
    .join('\n')
}
