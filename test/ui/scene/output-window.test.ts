import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CapturedOutput } from '../../../src/base/index.ts'
import {
  anchorOf,
  boundAnchor,
  endAnchor,
  isAllSeen,
  isAtEnd,
  linesFrom,
  moveAnchor,
  type Viewport,
} from '../../../src/ui/scene/output-window.ts'

const outputOf = (texts: readonly string[], firstLine = 1): CapturedOutput => ({
  firstLine,
  lines: texts.map((text, at) => ({ number: firstLine + at, stream: 'stdout', text })),
  totalLines: firstLine - 1 + texts.length,
  totalBytes: 0,
})

const counted = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`)

const view = (texts: readonly string[], more: Partial<Viewport> = {}): Viewport => ({
  output: outputOf(texts),
  width: 10,
  height: 4,
  longLines: 'cut',
  ...more,
})

it('tells whether everything is seen, also where few lines are wrapped to many rows', () => {
  expect(isAllSeen(view(['a', 'b']))).toBe(true)
  expect(isAllSeen(view(counted(5)))).toBe(false)
  expect(isAllSeen(view(['a', 'x'.repeat(60)]))).toBe(true)
  expect(isAllSeen(view(['a', 'x'.repeat(60)], { longLines: 'wrap' }))).toBe(false)
  expect(isAllSeen(view(['a', 'x'.repeat(30)], { longLines: 'wrap' }))).toBe(true)
})

describe('the output window', () => {
  it('follows the end', () => {
    expect(anchorOf(view(counted(10)), 'end')).toEqual({ line: 7, skip: 0 })
    expect(anchorOf(view(counted(2)), 'end')).toEqual({ line: 1, skip: 0 })
  })

  it('moves by lines and stops at both ends', () => {
    const long = view(counted(10))
    expect(moveAnchor(long, { line: 7, skip: 0 }, -2)).toEqual({ line: 5, skip: 0 })
    expect(moveAnchor(long, { line: 2, skip: 0 }, -9)).toEqual({ line: 1, skip: 0 })
    expect(moveAnchor(long, { line: 5, skip: 0 }, 99)).toEqual({ line: 7, skip: 0 })
  })

  it('moves by rows through a wrapped line', () => {
    const wrapped = view(['x'.repeat(35), 'short', 'b', 'c', 'd'], { longLines: 'wrap' })
    expect(moveAnchor(wrapped, { line: 1, skip: 0 }, 3)).toEqual({ line: 1, skip: 3 })
    expect(moveAnchor(wrapped, { line: 1, skip: 3 }, 1)).toEqual({ line: 2, skip: 0 })
    expect(moveAnchor(wrapped, { line: 2, skip: 0 }, -1)).toEqual({ line: 1, skip: 3 })
  })

  it('fills the view from the end when the last line is wrapped', () => {
    expect(endAnchor(view(['a', 'x'.repeat(60)], { longLines: 'wrap' }))).toEqual({ line: 2, skip: 2 })
  })

  it('forgets lines that are no longer kept', () => {
    const kept = view([], { output: outputOf(counted(10), 101) })
    expect(boundAnchor(kept, { line: 3, skip: 0 })).toEqual({ line: 101, skip: 0 })
    expect(linesFrom(kept, { line: 101, skip: 0 })[0]?.number).toBe(101)
  })

  it('shows a line a third down', () => {
    expect(anchorOf(view(counted(100), { height: 9 }), { around: 50 })).toEqual({ line: 47, skip: 0 })
    expect(anchorOf(view(counted(100), { height: 9 }), { around: 1 })).toEqual({ line: 1, skip: 0 })
  })

  it('keeps a line in view that is looked at, however low the room is and becomes', () => {
    for (const height of [1, 2, 3, 9, 40]) {
      const low = view(counted(100), { height })
      const seen = linesFrom(low, anchorOf(low, { around: 97 })).slice(0, height)
      expect(seen.map(({ number }) => number)).toContain(97)
    }
  })

  it('knows whether the end is in view', () => {
    const long = view(counted(10))
    expect([isAtEnd(long, { line: 7, skip: 0 }), isAtEnd(long, { line: 6, skip: 0 })]).toEqual([true, false])
  })

  it('comes back by the rows that it went, away from the ends', () => {
    const texts = fc.array(
      fc.integer({ min: 0, max: 45 }).map(length => 'x'.repeat(length)),
      { minLength: 30, maxLength: 60 },
    )
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('cut' as const, 'wrap' as const),
        (lines, rows, longLines) => {
          const long = view(lines, { longLines })
          const start = { line: 10, skip: 0 }
          expect(moveAnchor(long, moveAnchor(long, start, rows), -rows)).toEqual(start)
        },
      ),
    )
  })
})
