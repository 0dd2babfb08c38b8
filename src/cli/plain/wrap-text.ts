import stringWidth from 'string-width'
import { wrapLine } from '../wrap-words.ts'

/** What must stay in one line to be taken over as it is: commands, rows of tables, lines set in columns. */
const isFixed = (line: string): boolean =>
  /^\s*(?:c\d+ {2}|\$ |\|)/.test(line) ||
  /^ {6,}/.test(line) ||
  (line.match(/\S {3,}(?=\S)/g) ?? []).length > 1

/** How the further rows of a line begin: below its text, behind the number, the sign or the words in the column before it. */
const hangOf = (line: string, width: number): string => {
  const [column = ''] = /^ +\S+(?: \S+)* {2,}/.exec(line) ?? []
  const [sign = ''] = /^ +(?:\S{1,3} +)?/.exec(line) ?? []
  return ' '.repeat(column !== '' && column.length < width / 3 ? column.length : sign.length)
}

const wrapUnfixed = (line: string, width: number): readonly string[] =>
  stringWidth(line) <= width || isFixed(line) ? [line] : wrapLine(line, width, hangOf(line, width))

/** Breaks what is longer than `width` columns at its blanks. Blocks of code and commands stay as they are. */
export const wrapText = (text: string, width: number): string => {
  let isCode = false
  return text
    .split('\n')
    .flatMap(line => {
      const isFence = /^\s*(?:```|~~~)/.test(line)
      if (isFence) isCode = !isCode
      return isFence || isCode ? [line] : wrapUnfixed(line, width)
    })
    .join('\n')
}
