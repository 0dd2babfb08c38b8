import type { Division } from '../types.ts'
import { linesOf } from './lines.ts'

const onlyLines = (lines: readonly string[], from: number, to: number): string =>
  lines.map((line, index) => (index + 1 >= from && index + 1 < to ? line : '')).join('\n')

/** Divides a text at the lines with which each output of a family begins, such as the titles of its table. */
export const divideAt =
  (isFirst: (text: string) => boolean): Division =>
  (stdout, commands) => {
    const starts = linesOf(stdout).flatMap(line => (isFirst(line.text) ? [line.number] : []))
    if (starts.length !== commands.length) return undefined
    const lines = stdout.split('\n')
    return starts.map((start, index) => onlyLines(lines, start, starts[index + 1] ?? lines.length + 1))
  }
