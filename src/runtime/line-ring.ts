import type { OutputLine } from '../base/index.ts'
import type { LooseLine } from './line-assembler.ts'

/** How much of an output is kept in memory: text in UTF-16 units, and lines. Whichever is reached first counts. */
export type OutputBound = { readonly maxUnits: number; readonly maxLines: number }

/** 8 Mi characters or 200,000 lines. */
export const defaultBound: OutputBound = { maxUnits: 8 * 1024 * 1024, maxLines: 200_000 }

/** Keeps the newest lines within a bound and numbers them from 1. Adding costs the same however much is kept. */
export type LineRing = {
  readonly add: (line: LooseLine) => OutputLine
  /** The lines kept, oldest first: a new array. */
  readonly lines: () => OutputLine[]
  /** How many lines were added in all. */
  readonly total: () => number
}

const sizeOf = ({ text }: LooseLine): number => text.length + 1

/** Creates an empty ring. At least the newest line is kept, whatever its length. */
export const createLineRing = ({ maxUnits, maxLines }: OutputBound): LineRing => {
  let kept: OutputLine[] = []
  let first = 0
  let units = 0
  let total = 0

  const dropOldest = (): void => {
    const oldest = kept[first]
    if (oldest !== undefined) units -= sizeOf(oldest)
    first += 1
    if (first * 2 < kept.length) return
    kept = kept.slice(first)
    first = 0
  }

  const add = (loose: LooseLine): OutputLine => {
    total += 1
    const line = { number: total, ...loose }
    kept.push(line)
    units += sizeOf(line)
    while (kept.length - first > 1 && (units > maxUnits || kept.length - first > maxLines)) dropOldest()
    return line
  }

  return { add, lines: () => kept.slice(first), total: () => total }
}
