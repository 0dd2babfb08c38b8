import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandTabs } from '../../../src/ui/present/expand-tabs.ts'
import { parseSgr } from '../../../src/ui/present/parse-sgr.ts'
import { row, rowText } from '../../../src/ui/present/span.ts'
import { tintRow } from '../../../src/ui/present/tint-row.ts'
import { plainTheme, themeFor } from '../../../src/ui/theme/themes.ts'
import { toAnsi } from '../../../src/ui/theme/to-ansi.ts'

describe('parseSgr', () => {
  it('keeps colours and weight of a command', () => {
    expect(parseSgr('\x1b[1;31mfailed\x1b[0m since')).toEqual([
      { text: 'failed', tone: 'plain', look: { bold: true, colour: 'red' } },
      { text: ' since', tone: 'plain' },
    ])
  })

  it('ends a look where its own code ends', () => {
    expect(parseSgr('\x1b[1;4;32ma\x1b[22mb\x1b[39;24mc').map(part => part.look)).toEqual([
      { bold: true, underline: true, colour: 'green' },
      { underline: true, colour: 'green' },
      undefined,
    ])
  })

  it('takes 256 colours to the nearest of sixteen, and leaves true colours as the text is', () => {
    expect(parseSgr('\x1b[38;5;196ma')[0]?.look).toEqual({ colour: 'bright-red' })
    expect(parseSgr('\x1b[38;5;2ma')[0]?.look).toEqual({ colour: 'green' })
    expect(parseSgr('\x1b[38;2;1;2;3ma')[0]?.look).toBeUndefined()
  })

  it('removes every other escape and keeps tabs', () => {
    expect(rowText(parseSgr('\x1b]0;title\x07a\x1b[2Jb\x1b[3;4Hc\x08\x9b\td'))).toBe('abc\td')
  })

  it('leaves no control character but tabs in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\x1b', '[', ']', '3', '1', ';', 'm', 'a', '\x07', '\r', '\x9b') }),
        text => {
          expect(rowText(parseSgr(text))).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/)
        },
      ),
    )
  })
})

describe('expandTabs', () => {
  it('fills up to the next multiple of eight, counted over the whole row', () => {
    expect(rowText(expandTabs([...row('ab'), ...row('\tc\t'), ...row('d')]))).toBe('ab      c       d')
    expect(rowText(expandTabs(row('日本\tx')))).toBe('日本    x')
  })
})

describe('tintRow', () => {
  it('covers a stretch across parts', () => {
    const tinted = tintRow(parseSgr('ab\x1b[31mcd'), [{ from: 1, to: 3, tone: 'match' }])
    expect(tinted).toEqual([
      { text: 'a', tone: 'plain' },
      { text: 'b', tone: 'match' },
      { text: 'c', tone: 'match' },
      { text: 'd', tone: 'plain', look: { colour: 'red' } },
    ])
  })
})

describe('toAnsi', () => {
  const colourless = themeFor({ colours: 'none', glyphs: 'unicode' })

  it('closes every look that it opens', () => {
    expect(toAnsi(row('bad', 'bad'), themeFor({ colours: 'sixteen', glyphs: 'unicode' }))).toBe(
      '\x1b[1;31mbad\x1b[0m',
    )
    expect(toAnsi(row('plain'), plainTheme)).toBe('plain')
  })

  it('draws no colour without colours, not even those of a command', () => {
    expect(toAnsi([...row('bad', 'bad'), ...parseSgr('\x1b[1;31;44mx')], colourless)).toBe(
      '\x1b[1mbad\x1b[0m\x1b[1mx\x1b[0m',
    )
  })
})
