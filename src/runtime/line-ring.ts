import type { OutputLine } from '../base/index.ts'
import { lazyLines } from './lazy-lines.ts'
import { createLineSegment, type LineSegment, type SegmentSize } from './line-segment.ts'
import type { RawLine } from './open-line.ts'

/** How much of an output is kept in memory, in bytes of UTF-8 and in lines. Whichever is reached first counts. */
export type OutputBound = { readonly maxBytes: number; readonly maxLines: number }

/** 8 MiB or 200,000 lines. */
export const defaultBound: OutputBound = { maxBytes: 8 * 1024 * 1024, maxLines: 200_000 }

/** The bound is kept by dropping whole segments: an eighth of what is kept goes at a time. */
const SEGMENTS = 8

/** Most outputs are short; the first segments are small. */
const FIRST_BYTES = 4 * 1024

/** Keeps the newest lines within a bound and numbers them from 1. Adding costs the same however much is kept. */
export type LineRing = {
  /** Gives the offset in the whole text at which the line begins, in bytes. */
  readonly add: (line: RawLine) => number
  /** How many lines were added in all. */
  readonly total: () => number
  /** Hands over the bytes that were not handed over yet. */
  readonly flush: () => void
  /**
   * The lines that are kept, as they are now, and the given ones behind them. The picture stays while the ring goes on, but for
   * lines that are let go of later: those read as empty.
   */
  readonly view: (behind: readonly OutputLine[]) => readonly OutputLine[]
}

/** How a ring is created. */
export type RingOptions = {
  readonly bound: OutputBound
  /** Is handed the whole text of the output, piece by piece, each lent for the call. */
  readonly onBytes: (bytes: Buffer) => void
  /** How many lines came before the first that will be added. */
  readonly before?: number
}

type Kept = { readonly segment: LineSegment; readonly firstLine: number }

const plan = ({ maxBytes, maxLines }: OutputBound, before: number, length: number): SegmentSize => {
  const grown = Math.min(FIRST_BYTES * 4 ** before, maxBytes / SEGMENTS)
  return { bytes: Math.max(grown, length + 2), lines: Math.ceil((grown * maxLines) / maxBytes) }
}

const bytesOf = (kept: readonly Kept[]): number =>
  kept.reduce((sum, { segment }) => sum + segment.size.bytes, 0)

/** A segment as it was when a picture was taken: it may have grown since, or serve for other lines. */
const partOf = ({ segment, firstLine }: Kept) => ({
  end: firstLine + segment.count(),
  line: segment.reader(firstLine),
})

const pictureOf = (kept: readonly Kept[], behind: readonly OutputLine[]): readonly OutputLine[] => {
  const parts = kept.map(partOf)
  const first = kept[0]?.firstLine ?? 1
  const end = parts.at(-1)?.end ?? 1
  return lazyLines(end - first + behind.length, index => {
    const number = first + index
    return parts.find(part => number < part.end)?.line(number) ?? behind[number - end]
  })
}

/** Creates an empty ring. At least the newest line is kept, whatever its length. */
export const createLineRing = ({ bound, onBytes, before = 0 }: RingOptions): LineRing => {
  const kept: Kept[] = []
  let opened = 0
  let total = before
  let offset = 0
  let cut: RawLine['stream'] | undefined

  const flush = (): void => {
    const bytes = kept.at(-1)?.segment.fresh()
    if (bytes !== undefined && bytes.length > 0) onBytes(bytes)
  }

  /** Lets go of the oldest; its memory serves again, so that a flood leaves nothing for the collector. */
  const makeRoom = (size: SegmentSize): LineSegment | undefined => {
    let free: LineSegment | undefined
    while (kept.length > 0 && bytesOf(kept) + size.bytes > bound.maxBytes) {
      const oldest = kept.shift()?.segment
      oldest?.clear()
      if (oldest?.size.bytes === size.bytes) free = oldest
    }
    return free
  }

  const open = (length: number): LineSegment => {
    flush()
    const size = plan(bound, opened, length)
    const segment = makeRoom(size) ?? createLineSegment(size)
    kept.push({ segment, firstLine: total + 1 })
    opened += 1
    return segment
  }

  const add = (line: RawLine): number => {
    const gap = cut !== undefined && cut !== line.stream ? 1 : 0
    const current = kept.at(-1)?.segment
    if (current?.add(line, gap) !== 'added') open(line.end - line.start).add(line, gap)
    cut = line.continues ? line.stream : undefined
    total += 1
    const start = offset + gap
    offset = start + line.end - line.start + (line.continues ? 0 : 1)
    return start
  }

  return { add, total: () => total, flush, view: behind => pictureOf(kept, behind) }
}
