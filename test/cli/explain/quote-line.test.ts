import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteLine } from '../../../src/cli/explain/quote-line.ts'

const quote = (text: string, hit: string, width = 40) =>
  quoteLine({ text, column: text.indexOf(hit) + 1, length: hit.length, width, cut: '…' })

describe('a quoted line', () => {
  it('has signs below its hit', () => {
    expect(quote('a disk is full', 'full')).toEqual({ text: 'a disk is full', marks: '          ^^^^' })
  })

  it('has none where the hit is the whole line', () => {
    expect(quote('full', 'full').marks).toBe('')
  })

  it('counts the columns of wide characters', () => {
    expect(quote('盘 is full', 'full').marks).toBe('      ^^^^')
  })

  it('keeps the hit in sight when the line is too long', () => {
    const line = `${'a'.repeat(100)} full ${'b'.repeat(100)}`
    const { text, marks } = quote(line, 'full')
    expect(text.slice(marks.indexOf('^'), marks.length)).toBe('full')
    expect([text.startsWith('…'), text.endsWith('…'), text.length]).toEqual([true, true, 40])
  })

  it('is shown from its beginning when the hit lies beyond what was kept', () => {
    expect(quoteLine({ text: 'kept', column: 900, length: 4, width: 40, cut: '…' })).toEqual({
      text: 'kept',
      marks: '',
    })
  })

  it('marks what it shows, and never more than fits', () => {
    const plain = fc.stringMatching(/^[a-z ]{1,200}$/)
    fc.assert(
      fc.property(plain, fc.nat(199), fc.integer({ min: 1, max: 60 }), (text, start, length) => {
        fc.pre(start + length <= text.length && length < text.trim().length)
        const { text: shown, marks } = quoteLine({ text, column: start + 1, length, width: 80, cut: '…' })
        expect(shown.length).toBeLessThanOrEqual(80)
        const hit = text.slice(start, start + length)
        expect(hit.startsWith(shown.slice(marks.indexOf('^'), marks.length))).toBe(true)
      }),
    )
  })
})
