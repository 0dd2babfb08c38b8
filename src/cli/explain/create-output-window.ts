import type { CapturedOutput, OutputLine } from '../../base/index.ts'

/** Keeps of an output what facts are derived from. */
export type OutputWindow = {
  /** Takes lines whose numbers follow each other. */
  readonly take: (lines: readonly OutputLine[]) => void
  readonly output: () => CapturedOutput
}

/** Lines that follow each other as one text: thousands of small objects that live for a while are a burden to the collector. */
type Piece = { readonly firstLine: number; readonly text: string }

const HEAD_LENGTH = 64_000
const WHOLE_LENGTH = 4_000_000
const NEWEST_LENGTH = 500_000

const pieceOf = (lines: readonly OutputLine[]): Piece => ({
  firstLine: lines[0]?.number ?? 1,
  text: lines.map(line => line.text).join('\n'),
})

const linesOf = ({ firstLine, text }: Piece): readonly OutputLine[] =>
  text.split('\n').map((line, index) => ({ number: firstLine + index, stream: 'stdout', text: line }))

/**
 * A window on an output of any length: all of it up to four million characters; of a longer one the beginning, by which its kind is
 * told, and the newest half million.
 */
export const createOutputWindow = (): OutputWindow => {
  const head: Piece[] = []
  const tail: Piece[] = []
  let headLength = 0
  let tailLength = 0
  let totalLength = 0
  let totalLines = 0

  const keepNewest = (): void => {
    if (totalLength <= WHOLE_LENGTH) return
    while (tailLength - (tail[0]?.text.length ?? 0) >= NEWEST_LENGTH)
      tailLength -= tail.shift()?.text.length ?? 0
  }

  const add = (piece: Piece): void => {
    totalLength += piece.text.length
    if (headLength < HEAD_LENGTH) {
      head.push(piece)
      headLength += piece.text.length
      return
    }
    tail.push(piece)
    tailLength += piece.text.length
    keepNewest()
  }

  return {
    take: lines => {
      if (lines.length === 0) return
      totalLines += lines.length
      add(pieceOf(lines))
    },
    output: () => {
      const lines = [...head, ...tail].flatMap(linesOf)
      return { firstLine: lines[0]?.number ?? 1, lines, totalLines, totalBytes: totalLength }
    },
  }
}
