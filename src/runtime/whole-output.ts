import type { CapturedOutput, TextStretch, WholeOutput } from '../base/index.ts'
import { lazyLines } from './lazy-lines.ts'
import type { OutputPages } from './output-pages.ts'

/** The text of a stretch up to a line: of those in memory not all may be on disk yet. */
const cutAt = (stretch: TextStretch | undefined, line: number): TextStretch | undefined =>
  stretch && { ...stretch, endLine: Math.min(stretch.endLine, line) }

/** The whole of an output, of which the newest lines are given. */
export const wholeOutputOf = (newest: CapturedOutput, pages: OutputPages): WholeOutput => {
  const before = newest.firstLine - 1
  return {
    ...newest,
    firstLine: 1,
    lines: lazyLines(before + newest.lines.length, index =>
      index < before ? pages.line(index + 1) : newest.lines[index - before],
    ),
    textOnDisk: number => (number <= before ? cutAt(pages.textFrom(number), newest.firstLine) : undefined),
  }
}
