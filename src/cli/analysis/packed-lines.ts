import type { OutputLine } from '../../base/index.ts'

/**
 * Lines of an output on their way to another thread: a text and a byte a line cross over in a few copies, while thousands of objects are
 * written and read one by one.
 */
export type PackedLines = {
  /** The number of the first line; the others follow one by one. */
  readonly first: number
  /** The texts, each with a newline behind it. */
  readonly text: string
  /** For each line, the sum of what holds of it. */
  readonly marks: Uint8Array
}

const FROM_STDERR = 1
const CONTINUES = 2

/** Packs lines that follow one another. */
export const packLines = (lines: readonly OutputLine[]): PackedLines => ({
  first: lines[0]?.number ?? 1,
  text: lines.map(line => `${line.text}\n`).join(''),
  marks: Uint8Array.from(
    lines,
    line => (line.stream === 'stderr' ? FROM_STDERR : 0) + (line.continues ? CONTINUES : 0),
  ),
})

/** The lines that were packed. */
export const unpackLines = ({ first, text, marks }: PackedLines): readonly OutputLine[] => {
  const texts = text.split('\n')
  return Array.from(marks, (mark, index): OutputLine => {
    const stream = mark & FROM_STDERR ? 'stderr' : 'stdout'
    const line = { number: first + index, stream, text: texts[index] ?? '' } as const
    return mark & CONTINUES ? { ...line, continues: true } : line
  })
}
