import type { OutputChunk, StreamName } from '../base/index.ts'

/** Where a line is cut: longer ones go on as the next line. In UTF-16 units. */
export const MAX_LINE_UNITS = 65_536

/** A line without its number; `continues` as in `OutputLine`. */
export type LooseLine = { readonly stream: StreamName; readonly text: string; readonly continues?: true }

/** Puts lines together from pieces that end anywhere, for each stream by itself. */
export type LineAssembler = {
  readonly push: (chunk: OutputChunk) => void
  /** What came after the last newline, of the streams where there is something. */
  readonly unfinished: () => readonly LooseLine[]
  /** Hands over what came after the last newline as a last line. */
  readonly end: () => void
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00

/** A cut never parts the two halves of a character. */
const cutLength = (text: string): number =>
  isHighSurrogate(text.charCodeAt(MAX_LINE_UNITS - 1)) ? MAX_LINE_UNITS - 1 : MAX_LINE_UNITS

/** Creates an assembler that hands over each line as soon as its newline has come, or its length makes a cut due. */
export const createLineAssembler = (take: (line: LooseLine) => void): LineAssembler => {
  const open: Record<StreamName, string> = { stdout: '', stderr: '' }

  const cutOverlong = (stream: StreamName, text: string): string => {
    let rest = text
    while (rest.length > MAX_LINE_UNITS) {
      const length = cutLength(rest)
      take({ stream, text: rest.slice(0, length), continues: true })
      rest = rest.slice(length)
    }
    return rest
  }

  const push = ({ stream, text }: OutputChunk): void => {
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = open[stream] + text.slice(start, end)
      open[stream] = ''
      take({ stream, text: cutOverlong(stream, line) })
      start = end + 1
    }
    open[stream] = cutOverlong(stream, open[stream] + text.slice(start))
  }

  const unfinished = (): readonly LooseLine[] =>
    (['stdout', 'stderr'] as const)
      .filter(stream => open[stream] !== '')
      .map(stream => ({ stream, text: open[stream] }))

  const end = (): void => {
    const last = unfinished()
    open.stdout = ''
    open.stderr = ''
    for (const line of last) take(line)
  }

  return { push, unfinished, end }
}
