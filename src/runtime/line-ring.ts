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
  readonly add: (line: RawLine) => void
  /** How many lines were added in all. */
  readonly total: () => number
  /** Hands over the bytes that were not handed over yet. */
  readonly flush: () => void
  /** The lines that are kept, as they are now, and the given ones behind them; the picture stays while the ring goes on. */
  readonly view: (behind: readonly OutputLine[]) => readonly OutputLine[]
}

/** How a ring is created: `onBytes` is handed the whole text of the output, piece by piece, each lent for the call. */
export type RingOptions = { readonly bound: OutputBound; readonly onBytes: (bytes: Buffer) => void }

type Kept = { readonly segment: LineSegment; readonly firstLine: number; isSeen: boolean }

const plan = ({ maxBytes, maxLines }: OutputBound, before: number, length: number): SegmentSize => {
  const grown = Math.min(FIRST_BYTES * 4 ** before, maxBytes / SEGMENTS)
  return { bytes: Math.max(grown, length + 2), lines: Math.ceil((grown * maxLines) / maxBytes) }
}

const bytesOf = (kept: readonly Kept[]): number =>
  kept.reduce((sum, { segment }) => sum + segment.size.bytes, 0)

/** A picture of segments that go on growing: it ends where they ended when it was taken. */
const pictureOf = (kept: readonly Kept[], behind: readonly OutputLine[]): readonly OutputLine[] => {
  const parts = kept.map(({ segment, firstLine }) => ({
    segment,
    firstLine,
    end: firstLine + segment.count(),
  }))
  const first = parts[0]?.firstLine ?? 1
  const end = parts.at(-1)?.end ?? 1
  return lazyLines(end - first + behind.length, index => {
    const number = first + index
    const part = parts.find(candidate => number < candidate.end)
    return part?.segment.line(number - part.firstLine, number) ?? behind[number - end]
  })
}

/** Creates an empty ring. At least the newest line is kept, whatever its length. */
export const createLineRing = ({ bound, onBytes }: RingOptions): LineRing => {
  const kept: Kept[] = []
  let opened = 0
  let total = 0
  let cut: RawLine['stream'] | undefined

  const flush = (): void => {
    const bytes = kept.at(-1)?.segment.fresh()
    if (bytes !== undefined && bytes.length > 0) onBytes(bytes)
  }

  /** Makes room by letting go of the oldest; gives its memory back where no picture shows it. */
  const makeRoom = (size: SegmentSize): LineSegment | undefined => {
    let free: LineSegment | undefined
    while (kept.length > 0 && bytesOf(kept) + size.bytes > bound.maxBytes) {
      const oldest = kept.shift()
      if (oldest?.isSeen === false && oldest.segment.size.bytes === size.bytes) free = oldest.segment
    }
    free?.clear()
    return free
  }

  const open = (length: number): LineSegment => {
    flush()
    const size = plan(bound, opened, length)
    const segment = makeRoom(size) ?? createLineSegment(size)
    kept.push({ segment, firstLine: total + 1, isSeen: false })
    opened += 1
    return segment
  }

  const add = (line: RawLine): void => {
    const gap = cut !== undefined && cut !== line.stream ? 1 : 0
    const current = kept.at(-1)?.segment
    if (current?.add(line, gap) !== 'added') open(line.end - line.start).add(line, gap)
    cut = line.continues ? line.stream : undefined
    total += 1
  }

  const view = (behind: readonly OutputLine[]): readonly OutputLine[] => {
    for (const one of kept) one.isSeen = true
    return pictureOf(kept, behind)
  }

  return { add, total: () => total, flush, view }
}
