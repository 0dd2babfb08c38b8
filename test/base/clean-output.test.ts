import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOutputCleaner } from '../../src/base/index.ts'

const cleanPieces = (pieces: readonly string[]): string => {
  const cleaner = createOutputCleaner()
  return pieces.map(cleaner.write).join('') + cleaner.end()
}

const clean = (text: string): string => cleanPieces([text])

const cases: readonly (readonly [what: string, input: string, output: string])[] = [
  ['keeps text, tabs and newlines', 'a\tb\n\nç漢😀\n', 'a\tb\n\nç漢😀\n'],
  [
    'keeps colours',
    '\x1b[1;31mred\x1b[0m \x1b[38;5;9mx\x1b[m\x1b[4:3my',
    '\x1b[1;31mred\x1b[0m \x1b[38;5;9mx\x1b[m\x1b[4:3my',
  ],
  ['removes the window title', '\x1b]0;root@node: ~\x07ok \x1b]2;t\x1b\\ok', 'ok ok'],
  ['removes clipboard writes', 'a\x1b]52;c;cm0gLXJmIC8=\x07b', 'ab'],
  [
    'keeps the text of links',
    '\x1b]8;;file:///etc\x1b\\kubelet.service\x1b]8;;\x1b\\ up',
    'kubelet.service up',
  ],
  ['removes cursor moves and erasures', '\x1b[2J\x1b[H\x1b[?25la\x1b[3;4Hb\x1b[Kc\x1b[1A', 'abc'],
  ['removes what only looks like a colour', '\x1b[>4;2mx\x1b[?4my\x1b[0 mz', 'xyz'],
  [
    'removes device and application strings',
    '\x1bPq#0;2\x1b\\a\x1b_Gf=1;AA\x1b\\b\x1b^p\x1b\\c\x1bXs\x1b\\d',
    'abcd',
  ],
  ['removes character set switches', '\x1b(0lqk\x1b(B\x0ea\x0fb\x1b%Gc', 'lqkabc'],
  ['removes two-character escapes', '\x1b7a\x1b8b\x1bMc\x1bcd\x1b=e', 'abcde'],
  ['removes eight-bit controls', 'a\x9b31mb\x9d0;t\x9cc\x85d\x90q\x1b\\e', 'abcde'],
  ['removes an escape before something else', '\x1b\x1b[1mx\x1b漢\x1b', '\x1b[1mx漢'],
  ['goes on after a sequence that was broken off', '\x1b[12\nx\x1b]0;ab\x1b[1mc', '\nx\x1b[1mc'],
  ['ends a string that was never closed at the newline', '\x1b]0;title\nall the rest\n', '\nall the rest\n'],
  ['shows other controls', 'a\0\0b\x07\x7f\x0c\n', 'a␀␀b␇␡␌\n'],
  ['shows bidirectional controls', 'rm \u202egpj.txt', 'rm <U+202E>gpj.txt'],
  [
    'shows zero-width characters',
    '\ufeffku\u200bbe\u2060let\u{e0041}',
    '<U+FEFF>ku<U+200B>be<U+2060>let<U+E0041>',
  ],
  ['keeps what holds an emoji together', '👩\u200d🔧 ok', '👩\u200d🔧 ok'],
  ['reads carriage return and newline as a newline', 'a\r\nb\r\r\nc\n', 'a\nb\nc\n'],
  ['leaves the last state of a progress bar', ' 10%\r 50%\r100%\ndone\n', '100%\ndone\n'],
  ['leaves the line under a last carriage return', ' 10%\r100%\r', '100%'],
  [
    'keeps the colours that an overwritten state had set',
    '\x1b[1ma\x1b[0m\x1b[32m\r\x1b[4mb\x1b[4m\rc',
    '\x1b[0m\x1b[32m\x1b[4mc',
  ],
  ['takes characters back', 'N\bNA\bAM\bM 1\b\b\b\bx😀\by', 'Nxy'],
  ['keeps colours while characters are taken back', 'ab\x1b[1mc\x1b[0m\b\bd', 'a\x1b[1m\x1b[0md'],
  ['takes nothing back at the end of a line', 'a\b\nb\b', 'a\nb'],
]

describe('cleaning output', () => {
  for (const [what, input, output] of cases) it(what, () => expect(clean(input)).toBe(output))

  it('takes zero-width characters off where it is told to', () => {
    const cleaner = createOutputCleaner('removed')
    expect(cleaner.write('\ufeffku\u200bbe\u200dlet\u202e\n') + cleaner.end()).toBe('kubelet<U+202E>\n')
  })

  it('holds an unfinished line back until it ends', () => {
    const cleaner = createOutputCleaner()
    expect([cleaner.write('one\ntw'), cleaner.write('o\rtwo'), cleaner.write('\n'), cleaner.end()]).toEqual([
      'one\n',
      '',
      'two\n',
      '',
    ])
  })

  it('gives an unfinished line when asked, and then writes over it on a line of its own', () => {
    const cleaner = createOutputCleaner()
    expect([cleaner.write('10%'), cleaner.release(), cleaner.write('\r20%\n'), cleaner.end()]).toEqual([
      '',
      '10%',
      '\n20%\n',
      '',
    ])
  })

  it('gives a very long line as it comes', () => {
    const cleaner = createOutputCleaner()
    const piece = 'x'.repeat(50_000)
    const given = [cleaner.write(piece), cleaner.write(piece), cleaner.write('\rnew\n')]
    expect(given.map(text => text.length > 40_000)).toEqual([true, true, false])
    expect(given.join('')).toBe(`${piece}${piece}\nnew\n`)
  })

  it('swallows a string that never ends only up to a bound', () => {
    expect(clean(`\x1b]0;${'x'.repeat(200_000)}`).length).toBeGreaterThan(130_000)
    expect(clean(`\x1b]0;${'x'.repeat(60_000)}`)).toBe('')
  })
})

const fragments = [
  'a',
  'bc\n',
  '😀',
  '\n',
  '\r',
  '\r\n',
  '\b',
  '\b\b',
  '\x1b',
  '\x1b[',
  '\x1b[31m',
  '\x1b[0m',
  '\x1b[2K',
  '\x1b]0;',
  '\x1b]8;;u\x07',
  '\x07',
  '\x1b\\',
  '\x9b',
  '\x9d',
  '\x9c',
  '\x90',
  '\x18',
  '\x1bP',
  '\x1b(',
  '[',
  ']',
  '0',
  '1;2',
  'm',
  'H',
  '?',
  '\0',
  '\u202e',
  '\u200d',
  '\u{e0041}',
  'x'.repeat(3000),
  '\x1b]0;'.padEnd(40_000, 'y'),
  `\x1b[${'1;'.repeat(40)}`,
]
const hostile = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fragments) }, fc.string({ unit: 'binary' })), {
    maxLength: 40,
  })
  .map(parts => parts.join(''))

const cutAt = (text: string, cuts: readonly number[]): readonly string[] => {
  const at = [0, ...cuts.map(cut => Math.floor(cut * text.length)).sort((a, b) => a - b), text.length]
  return at.slice(1).map((end, index) => text.slice(at[index], end))
}

describe('any output', () => {
  it('is cleaned the same whole and in pieces', () => {
    fc.assert(
      fc.property(
        hostile,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        (text, cuts) => {
          expect(cleanPieces(cutAt(text, cuts))).toBe(clean(text))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is cleaned the same whole and a character at a time', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(cleanPieces(text.split(''))).toBe(clean(text))
      }),
      { numRuns: 100 },
    )
  })

  it('holds nothing afterwards that a terminal obeys but colours', () => {
    fc.assert(
      fc.property(hostile, text => {
        const plain = clean(text).replace(/\x1b\[[0-9;:]*m/g, '')
        expect(plain).not.toMatch(
          /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('stays as it is when it is clean already', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(clean(clean(text))).toBe(clean(text))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the cost of cleaning', () => {
  const patterns = [
    '\r',
    '\b',
    'a\b',
    '\x1b',
    '\x1b[',
    '\x1b]',
    '\x1b[31m',
    '\x1b[31mx\r',
    '\x1b[31mx\b',
    '\0',
    '\x9b0;',
    `${'x'.repeat(8000)}\b`,
  ]
  const millisOf = (text: string): number => {
    const start = performance.now()
    clean(text)
    return performance.now() - start
  }

  it.each(patterns)('is bounded for a megabyte of %j', pattern => {
    expect(millisOf(pattern.repeat(Math.ceil(1e6 / pattern.length)))).toBeLessThan(3000)
  })
})
