import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { narrowSymbols } from '../../scripts/quick-modules.ts'

const isNarrow = new RegExp(`^[\\u0020-\\u007E${narrowSymbols}]$`)
const symbols = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(symbol =>
  isNarrow.test(symbol),
)

test('the symbols whose width the bundled program takes for their number are one column wide each', () => {
  expect(symbols.length).toBeGreaterThan(200)
  expect(symbols.filter(symbol => stringWidth(symbol) !== 1)).toEqual([])
})

test('a text of them is as wide as it is long', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...symbols), { maxLength: 40 }), drawn => {
      expect(stringWidth(drawn.join(''))).toBe(drawn.length)
    }),
  )
})
