import type { CapturedOutput } from '../base/index.ts'
import { lazyLines } from './lazy-lines.ts'
import type { OutputPages, TextStretch } from './output-pages.ts'

/** An output from its first line on: what memory has let go of is read from disk when it is looked at. */
export type WholeOutput = CapturedOutput & {
  /** A text that holds a line and all that follow up to another, for a search that passes over what holds nothing. */
  readonly textFrom: (number: number) => TextStretch
}

/** Of what is in memory, so many lines at once. */
const STRETCH_LINES = 1_024

/** The whole of an output, of which the newest lines are given. */
export const wholeOutputOf = (newest: CapturedOutput, pages: OutputPages): WholeOutput => {
  const { firstLine, lines, totalLines } = newest
  const count = firstLine - 1 + lines.length

  const inMemory = (number: number): TextStretch => {
    const part = lines.slice(number - firstLine, number - firstLine + STRETCH_LINES)
    return { text: part.map(({ text }) => text).join('\n'), endLine: number + Math.max(1, part.length) }
  }

  return {
    ...newest,
    firstLine: 1,
    totalLines,
    lines: lazyLines(count, index =>
      index + 1 < firstLine ? pages.line(index + 1) : lines[index + 1 - firstLine],
    ),
    textFrom: number => {
      if (number >= firstLine) return inMemory(number)
      const { text, endLine } = pages.textFrom(number) ?? {
        text: pages.line(number).text,
        endLine: number + 1,
      }
      return { text, endLine: Math.min(endLine, Math.max(number + 1, firstLine)) }
    },
  }
}
