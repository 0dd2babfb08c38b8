import { cellWidth } from './cells.ts'

/** A list item's text behind its sign, further lines indented as far; empty lines inside are dropped. */
export const indentItem = (sign: string, body: string): string => {
  const [first = '', ...rest] = body.split('\n').filter(line => line.trim() !== '')
  const indent = ' '.repeat(cellWidth(sign))
  return [`${sign}${first}`, ...rest.map(line => `${indent}${line}`)].join('\n')
}
