import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pressesOf } from '../../../src/ui/keys/press.ts'
import { cellWidth } from '../../../src/ui/present/cells.ts'
import {
  editField,
  fieldOf,
  insertText,
  type TextField,
  viewField,
} from '../../../src/ui/state/text-field.ts'

const press = (field: TextField, ...names: readonly string[]): TextField =>
  names.reduce(
    (before, name) => editField(before, name.length === 1 ? { name, text: name } : { name }) ?? before,
    field,
  )

describe('editField', () => {
  it('types at the cursor', () => {
    expect(press(fieldOf('df -h'), 'left', 'left', 'x')).toEqual({ text: 'df x-h', at: 4 })
  })

  it('removes what is before and behind the cursor', () => {
    expect(press(fieldOf('abc'), 'left', 'backspace')).toEqual({ text: 'ac', at: 1 })
    expect(press(fieldOf('abc'), 'home', 'delete')).toEqual({ text: 'bc', at: 0 })
    expect(press(fieldOf('one two '), 'ctrl-w')).toEqual({ text: 'one ', at: 4 })
    expect(press(fieldOf('one two'), 'left', 'ctrl-u')).toEqual({ text: 'o', at: 0 })
    expect(press(fieldOf('one two'), 'home', 'right', 'ctrl-k')).toEqual({ text: 'o', at: 1 })
  })

  it('takes an emoji as one character', () => {
    expect(press(fieldOf('a👩‍👩‍👧'), 'backspace')).toEqual({ text: 'a', at: 1 })
  })

  it('leaves keys that do not edit to others', () => {
    expect(editField(fieldOf('a'), { name: 'enter' })).toBeUndefined()
    expect(editField(fieldOf('a'), { name: 'esc' })).toBeUndefined()
  })

  it('keeps the cursor within the text, whatever is pressed', () => {
    const keys = fc.array(
      fc.constantFrom(
        'left',
        'right',
        'home',
        'end',
        'backspace',
        'delete',
        'ctrl-w',
        'ctrl-u',
        'ctrl-k',
        'a',
        '日',
        'space',
      ),
    )
    fc.assert(
      fc.property(keys, names => {
        const field = names.reduce((before, name) => press(before, name), fieldOf('start'))
        expect(field.at).toBeGreaterThanOrEqual(0)
        expect(field.at).toBeLessThanOrEqual(pressesOf(field.text).length)
      }),
    )
  })
})

describe('insertText', () => {
  it('makes one line of several', () => {
    expect(insertText(fieldOf('a '), 'b\r\nc\td\n').text).toBe('a b c d')
  })
})

describe('viewField', () => {
  it('keeps the cursor in view in a narrow place', () => {
    expect(viewField(fieldOf('abcdefgh'), 5)).toEqual({ before: '…fgh', under: ' ', after: '' })
    expect(viewField({ text: 'abcdefgh', at: 1 }, 5)).toEqual({ before: 'a', under: 'b', after: 'cd…' })
  })

  it('never takes more columns than it has', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(40),
        fc.integer({ min: 2, max: 30 }),
        (text, at, width) => {
          const count = pressesOf(insertText(fieldOf(), text).text).length
          const { before, under, after } = viewField(
            { ...insertText(fieldOf(), text), at: Math.min(at, count) },
            width,
          )
          expect(cellWidth(before) + cellWidth(under) + cellWidth(after)).toBeLessThanOrEqual(width)
        },
      ),
      { examples: [['\u{1d158}\u{1d165}\u{1d16e}', 0, 2]] },
    )
  })
})
