import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeHidden, showHidden } from '../../src/base/index.ts'

it.each([
  ['ls\u200b -l', 'ls<U+200B> -l'],
  ['rm \u202etxt.cod', 'rm <U+202E>txt.cod'],
  ['a\x1b[31mb', 'a␛[31mb'],
  ['a\x9b31mb', 'a<U+009B>31mb'],
  ['x\u2066y\u2069', 'x<U+2066>y<U+2069>'],
  ['soft\u00adhyphen', 'soft<U+00AD>hyphen'],
  ['\ufeffls', '<U+FEFF>ls'],
  ['tag\u{e0041}', 'tag<U+E0041>'],
  ['a\tb\nc', 'a\tb\nc'],
  ['a\rb', 'a␍b'],
  ['join\u200der', 'join<U+200D>er'],
])('shows what %j hides', (text, shown) => {
  expect(showHidden(text)).toBe(shown)
})

it('leaves letters of any script, accents and emoji as they are', () => {
  for (const text of ['déjà vu', 'уровень', '漢字', '👩‍💻 on call', '👩🏽‍🚒🧑🏿‍💻', '🏳️‍🌈', 'e\u0301', '✔️'])
    expect(showHidden(text)).toBe(text)
})

it('escapes them in JSON without changing what it means', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '"', '\u200b', '\u202e', '\x9b', '\u{e0041}', '👩‍💻', '\n') }),
      text => {
        const json = escapeHidden(JSON.stringify({ text }))
        expect(JSON.parse(json)).toEqual({ text })
        expect(json).not.toMatch(/[\u200b\u202e\x9b]/)
      },
    ),
  )
})
