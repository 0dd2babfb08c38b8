import type { CapturedOutput, OutputLine } from '../../base/index.ts'

/** Keeps of an output what facts are derived from. */
export type OutputWindow = {
  readonly take: (lines: readonly OutputLine[]) => void
  readonly output: () => CapturedOutput
}

type Piece = { readonly lines: readonly OutputLine[]; readonly length: number }

const HEAD_LENGTH = 64_000
const WHOLE_LENGTH = 4_000_000
const NEWEST_LENGTH = 500_000

const lengthOf = (lines: readonly OutputLine[]): number =>
  lines.reduce((sum, line) => sum + line.text.length + 1, 0)

/**
 * A window on an output of any length: all of it up to four million characters; of a longer one the beginning, by which its kind is
 * told, and the newest half million.
 */
export const createOutputWindow = (): OutputWindow => {
  const head: OutputLine[] = []
  const tail: Piece[] = []
  let headLength = 0
  let tailLength = 0
  let totalLines = 0
  let totalLength = 0

  const keepNewest = (): void => {
    if (totalLength <= WHOLE_LENGTH) return
    while (tailLength - (tail[0]?.length ?? 0) >= NEWEST_LENGTH) tailLength -= tail.shift()?.length ?? 0
  }

  return {
    take: lines => {
      const length = lengthOf(lines)
      totalLines += lines.length
      totalLength += length
      if (headLength < HEAD_LENGTH) {
        head.push(...lines)
        headLength += length
        return
      }
      tail.push({ lines, length })
      tailLength += length
      keepNewest()
    },
    output: () => {
      const lines = [...head, ...tail.flatMap(piece => piece.lines)]
      return { firstLine: lines[0]?.number ?? 1, lines, totalLines, totalBytes: totalLength }
    },
  }
}
