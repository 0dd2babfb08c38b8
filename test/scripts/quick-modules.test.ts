import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { narrowSymbols } from '../../src/ui/present/narrow-symbols.ts'
import { glyphs } from '../../src/ui/theme/glyphs.ts'

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

test('each of them stands alone, also beside escapes', () => {
  const segmenter = new Intl.Segmenter()
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...symbols, '\u001B'), { maxLength: 40 }), drawn => {
      expect(Array.from(segmenter.segment(drawn.join('')), part => part.segment)).toEqual(drawn)
    }),
  )
})

test('the first screen is drawn with them alone', () => {
  const folder = new URL('../fixtures/ui/screens/', import.meta.url)
  const homes = readdirSync(folder).filter(name => name.startsWith('home-'))
  const drawn = homes.map(name => readFileSync(new URL(name, folder), 'utf8')).join('')
  expect(homes.length).toBeGreaterThan(3)
  expect(
    [...drawn, ...Object.values(glyphs)].filter(symbol => symbol !== '\n' && !isNarrow.test(symbol)),
  ).toEqual([])
})
