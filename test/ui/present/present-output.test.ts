import { describe, expect, it } from 'vitest'
import type { OutputLine } from '../../../src/base/index.ts'
import { findMatches } from '../../../src/ui/present/find-matches.ts'
import { rowWidth } from '../../../src/ui/present/fit-row.ts'
import { type OutputPicture, presentOutput } from '../../../src/ui/present/present-output.ts'
import { rowText } from '../../../src/ui/present/span.ts'
import type { Mark } from '../../../src/ui/scene/output-marks.ts'

const lines = (texts: readonly string[]): readonly OutputLine[] =>
  texts.map((text, at) => ({ number: at + 1, stream: 'stdout', text }))

const picture = (texts: readonly string[], more: Partial<OutputPicture> = {}): OutputPicture => ({
  view: {
    output: { firstLine: 1, lines: lines(texts), totalLines: texts.length, totalBytes: 0 },
    width: 24,
    height: 3,
    longLines: 'cut',
  },
  top: 'end',
  left: 0,
  marks: [],
  markedLine: undefined,
  find: undefined,
  gutter: { digits: 0, timeOf: undefined },
  ...more,
})

const draw = (shown: OutputPicture): readonly string[] =>
  presentOutput(shown).map(row => rowText(row).trimEnd())

const error: Mark = { line: 2, column: 1, length: 4, kind: 'error', meaning: 'It failed.', cause: 'failed' }

describe('presentOutput', () => {
  it('shows the last rows that fit', () => {
    expect(draw(picture(['a', 'b', 'c', 'd']))).toEqual(['  b', '  c', '  d'])
  })

  it('cuts long lines and shows what is further right when moved', () => {
    const texts = ['0123456789abcdefghijklmnopqrstuvwxyz']
    expect(draw(picture(texts))).toEqual(['  0123456789abcdefghijklm…'])
    expect(draw(picture(texts, { left: 20 }))).toEqual(['  klmnopqrstuvwxyz'])
  })

  it('wraps long lines when asked', () => {
    const shown = picture(['0123456789abcdefghijklmnopqrstuvwxyz'])
    expect(draw({ ...shown, view: { ...shown.view, longLines: 'wrap' } })).toEqual([
      '  0123456789abcdefghijklmn',
      '  opqrstuvwxyz',
    ])
  })

  it('gives a marked line a sign and a word, and keeps them in a long line', () => {
    expect(draw(picture(['ok', 'fail', 'ok'], { marks: [error] }))[1]).toBe('✗ fail             ✗ error')
    expect(draw(picture(['ok', 'fail'.repeat(9), 'ok'], { marks: [error] }))[1]).toBe(
      '✗ failfailfailfai… ✗ error',
    )
  })

  it('points at the line that stands out', () => {
    expect(draw(picture(['ok', 'fail', 'ok'], { marks: [error], markedLine: 2 }))[1]).toBe(
      '❯ fail             ✗ error',
    )
  })

  it('shows where a search matches', () => {
    const row = presentOutput(picture(['Dial dial'], { find: 'dial' }))[0]
    expect(row?.filter(part => part.tone === 'match').map(part => part.text)).toEqual(['Dial', 'dial'])
  })

  it('never exceeds its width with tabs, CJK, emoji and colours', () => {
    const texts = [
      '\ta\tb\tc\td',
      '日本語'.repeat(20),
      '👩‍👩‍👧'.repeat(30),
      `\x1b[31m${'x'.repeat(80)}\x1b[0m`,
    ]
    for (const longLines of ['cut', 'wrap'] as const) {
      const shown = picture(texts, { top: { line: 1, skip: 0 } })
      for (const row of presentOutput({ ...shown, view: { ...shown.view, longLines, height: 40 } }))
        expect(rowWidth(row)).toBeLessThanOrEqual(26)
    }
  })
})

describe('findMatches', () => {
  it('ignores case unless the search has upper case', () => {
    expect(findMatches('Error error', 'error')).toHaveLength(2)
    expect(findMatches('Error error', 'Error')).toEqual([{ from: 0, to: 5 }])
  })

  it('finds nothing for nothing', () => {
    expect(findMatches('abc', '')).toEqual([])
  })
})
