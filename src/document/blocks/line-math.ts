import type { LineRange } from '../types.ts'

/** How many newlines a text holds. */
export const countNewlines = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** The lines that a token's raw text covers from a line on, without blank ones at its end, within a source of some length. */
export const rangeOf = (raw: string, line: number, lineCount: number): LineRange => {
  const first = Math.min(Math.max(1, line), Math.max(1, lineCount))
  const last = Math.min(first + countNewlines(raw.trimEnd()), Math.max(first, lineCount))
  return { first, last }
}

const fenceMark = /`{3}|~{3}/
const reach = 30

/**
 * The line of a fence's opening marks. The count of newlines is right but for link definitions inside quotes, where the lexer
 * drops some; then the marks are looked for nearby.
 */
export const findFenceLine = (source: readonly string[], line: number): number => {
  const hasMark = (at: number): boolean => fenceMark.test(source[at - 1] ?? '')
  for (let away = 0; away <= reach; away += 1) {
    if (hasMark(line + away)) return line + away
    if (hasMark(line - away)) return line - away
  }
  return line
}
