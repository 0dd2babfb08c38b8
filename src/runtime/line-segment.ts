import type { OutputLine, StreamName } from '../base/index.ts'
import type { RawLine } from './open-line.ts'

/** How many bytes and lines a segment can take. */
export type SegmentSize = { readonly bytes: number; readonly lines: number }

/** A stretch of an output as bytes, with the place of each line: no object for a line until one is looked at. */
export type LineSegment = {
  readonly size: SegmentSize
  /** Adds a line if there is room for it; a gap of 1 ends the line before it, which was cut and would go on otherwise. */
  readonly add: (line: RawLine, gap: 0 | 1) => 'added' | 'full'
  readonly count: () => number
  /** Makes lines by their numbers, the first of which is given; once the segment is cleared, the lines that it gives are empty. */
  readonly reader: (firstLine: number) => (number: number) => OutputLine
  /** What was added since the last call, as the text of the output. Lent until the segment is cleared. */
  readonly fresh: () => Buffer
  readonly clear: () => void
}

const NEWLINE = 10
const CONTINUES = 1
const STDERR = 2

const flagsOf = ({ stream, continues }: RawLine): number =>
  (stream === 'stderr' ? STDERR : 0) | (continues ? CONTINUES : 0)

/** Creates an empty segment. */
export const createLineSegment = (size: SegmentSize): LineSegment => {
  const buffer = Buffer.allocUnsafeSlow(size.bytes)
  const starts = new Uint32Array(size.lines)
  const ends = new Uint32Array(size.lines)
  const flags = new Uint8Array(size.lines)
  let count = 0
  let used = 0
  let handedOut = 0
  let generation = 0

  const add = (line: RawLine, gap: 0 | 1): 'added' | 'full' => {
    if (count === size.lines || used + line.end - line.start + 2 > size.bytes) return 'full'
    if (gap === 1) used = buffer.writeUInt8(NEWLINE, used)
    starts[count] = used
    used += line.buffer.copy(buffer, used, line.start, line.end)
    ends[count] = used
    flags[count] = flagsOf(line)
    count += 1
    if (!line.continues) used = buffer.writeUInt8(NEWLINE, used)
    return 'added'
  }

  const reader = (firstLine: number) => {
    const asked = generation
    return (number: number): OutputLine => {
      if (generation !== asked) return { number, stream: 'stdout', text: '' }
      const index = number - firstLine
      const flag = flags[index] ?? 0
      const stream: StreamName = (flag & STDERR) === 0 ? 'stdout' : 'stderr'
      const text = buffer.toString('utf8', starts[index], ends[index])
      return (flag & CONTINUES) === 0 ? { number, stream, text } : { number, stream, text, continues: true }
    }
  }

  const fresh = (): Buffer => {
    const bytes = buffer.subarray(handedOut, used)
    handedOut = used
    return bytes
  }

  const clear = (): void => {
    generation += 1
    count = 0
    used = 0
    handedOut = 0
  }

  return { size, add, count: () => count, reader, fresh, clear }
}
