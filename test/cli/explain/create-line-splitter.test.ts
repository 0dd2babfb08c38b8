import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter, LONGEST_LINE } from '../../../src/cli/explain/create-line-splitter.ts'

const splitAll = (pieces: readonly string[]): readonly string[] => {
  const splitter = createLineSplitter()
  const lines = pieces.flatMap(piece => splitter.write(piece))
  return [...lines, ...splitter.end()]
}

describe('a text that comes in pieces', () => {
  it('has the lines of the whole text', () => {
    const piece = fc.stringMatching(/^[ab\n]{0,8}$/)
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        const whole = pieces.join('').split('\n')
        if (whole.at(-1) === '') whole.pop()
        expect(splitAll(pieces)).toEqual(whole)
      }),
    )
  })

  it('keeps only the beginning of a line without end', () => {
    const piece = 'x'.repeat(1_000_000)
    const lines = splitAll([...Array.from({ length: 9 }, () => piece), '\nnext\n'])
    expect(lines.map(line => line.length)).toEqual([LONGEST_LINE, 4])
  })
})
