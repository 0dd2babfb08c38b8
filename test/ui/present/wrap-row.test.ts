import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellWidth, chopCells } from '../../../src/ui/present/cells.ts'
import { rowWidth } from '../../../src/ui/present/fit-row.ts'
import { row, rowText, span } from '../../../src/ui/present/span.ts'
import { wrapRow, wrapText } from '../../../src/ui/present/wrap-row.ts'

const texts = (rows: readonly ReturnType<typeof row>[]): readonly string[] => rows.map(rowText)

describe('wrapRow', () => {
  it('breaks between words and drops the space at the break', () => {
    expect(texts(wrapRow(row('one two three'), { width: 8 }))).toEqual(['one two', 'three'])
  })

  it('breaks at a wide space that does not fit, though the word after it would', () => {
    expect(texts(wrapRow(row('seven ab  c d'), { width: 9 }))).toEqual(['seven ab', 'c d'])
    expect(texts(wrapRow(row('seven ab   '), { width: 9 }))).toEqual(['seven ab'])
  })

  it('indents the further rows', () => {
    expect(texts(wrapRow(row('• one two three'), { width: 9, hang: '  ' }))).toEqual(['• one two', '  three'])
  })

  it('cuts a word that is too long for a row', () => {
    expect(texts(wrapRow(row('a abcdefghij'), { width: 5 }))).toEqual(['a abc', 'defgh', 'ij'])
  })

  it('keeps a word whole that changes its tone in the middle', () => {
    const rows = wrapRow([span('see the '), span('kube', 'strong'), span('let.')], { width: 10 })
    expect(texts(rows)).toEqual(['see the', 'kubelet.'])
    expect(rows[1]?.[0]?.tone).toBe('strong')
  })

  it('breaks CJK text, which has no spaces', () => {
    expect(texts(wrapRow(row('日本語の文章'), { width: 6 }))).toEqual(['日本語', 'の文章'])
  })

  it('never gives a row wider than asked, and loses no letter', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', '👩‍👩‍👧', '-') })
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (line, width) => {
        const rows = wrapRow(row(line), { width })
        for (const each of rows) expect(rowWidth(each)).toBeLessThanOrEqual(Math.max(width, 2))
        expect(rows.map(rowText).join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''))
      }),
    )
  })
})

describe('wrapText', () => {
  it('keeps the line breaks of the text', () => {
    expect(texts(wrapText('one\n\ntwo', 20))).toEqual(['one', '', 'two'])
  })
})

describe('chopCells', () => {
  it('breaks like a terminal and loses nothing', () => {
    expect(chopCells('abcdef', 4)).toEqual(['abcd', 'ef'])
    expect(chopCells('', 4)).toEqual([''])
    expect(chopCells('a日日', 4)).toEqual(['a日', '日'])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 20 }), (text, width) => {
        const pieces = chopCells(text, width)
        expect(pieces.join('')).toBe(text)
        for (const piece of pieces) expect(cellWidth(piece)).toBeLessThanOrEqual(width)
      }),
    )
  })
})
