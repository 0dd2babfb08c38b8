import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellWidth } from '../../../src/ui/present/cells.ts'
import { clipRow, fitRow, rowWidth, sliceRow, sliceText, spreadRow } from '../../../src/ui/present/fit-row.ts'
import { row, rowText, span } from '../../../src/ui/present/span.ts'

const textOf = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', '本', '👩‍👩‍👧', '🇩🇪', 'é', '…') })

describe('clipRow', () => {
  it('marks what was cut', () => {
    expect(rowText(clipRow(row('kubelet certificates'), 10))).toBe('kubelet c…')
    expect(rowText(clipRow(row('short'), 10))).toBe('short')
  })

  it('never cuts a wide character in half', () => {
    expect(rowText(clipRow(row('日本語です'), 6))).toBe('日本…')
  })
})

describe('fitRow', () => {
  it('gives exactly the width', () => {
    fc.assert(
      fc.property(fc.array(textOf, { maxLength: 4 }), fc.integer({ min: 1, max: 60 }), (texts, width) => {
        expect(
          rowWidth(
            fitRow(
              texts.map(text => span(text)),
              width,
            ),
          ),
        ).toBe(width)
      }),
    )
  })
})

describe('sliceRow', () => {
  it('shows what is further right, a halved wide character as a space', () => {
    expect(rowText(sliceRow(row('abcdef'), 2, 3))).toBe('cde')
    expect(rowText(sliceRow(row('日本語'), 1, 4))).toBe(' 本')
  })

  it('is never wider than asked', () => {
    fc.assert(
      fc.property(textOf, fc.nat(80), fc.nat(80), (text, from, width) => {
        expect(rowWidth(sliceRow(row(text), from, width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('keeps the tones of the parts', () => {
    expect(sliceRow([span('ab', 'good'), span('cd', 'bad')], 1, 2)).toEqual([
      span('b', 'good'),
      span('c', 'bad'),
    ])
  })
})

describe('sliceText', () => {
  it('cuts by places in the text', () => {
    expect(sliceText([span('ab', 'good'), span('cd', 'bad')], 1, 3)).toEqual([
      span('b', 'good'),
      span('c', 'bad'),
    ])
  })
})

describe('spreadRow', () => {
  it('puts the two ends apart', () => {
    expect(rowText(spreadRow({ left: row('left'), right: row('right'), width: 12 }))).toBe('left   right')
  })

  it('cuts the left for the right', () => {
    expect(rowText(spreadRow({ left: row('a long left'), right: row('right'), width: 12 }))).toBe(
      'a lon… right',
    )
  })
})

describe('cellWidth', () => {
  it('counts CJK and emoji as two and combining marks as none', () => {
    expect(['abc', '日本', '👩‍👩‍👧', 'é', ''].map(cellWidth)).toEqual([3, 4, 2, 1, 0])
  })
})
