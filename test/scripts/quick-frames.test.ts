import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bundled } from './bundled-module.ts'

/** Ink's grid of one frame: rows are put at places, then the whole is told. */
type Frame = {
  readonly write: (
    x: number,
    y: number,
    text: string,
    options: { readonly transformers: readonly [] },
  ) => void
  readonly clip: (edges: Readonly<Record<'x1' | 'x2' | 'y1' | 'y2', number>>) => void
  readonly unclip: () => void
  readonly get: () => { readonly output: string; readonly height: number }
}
type Frames = {
  readonly Output: new (size: { readonly width: number; readonly height: number }) => Frame
  /** What is written to make one row of a terminal another. */
  readonly lineUpdate: (before: string, after: string, columns: number) => string
  readonly tokenize: (text: string) => readonly unknown[]
  readonly styledCharsFromTokens: (tokens: readonly unknown[]) => readonly Cell[]
}
type Cell = { readonly value: string; readonly styles: readonly { readonly code: string }[] }

const contents = `export { default as Output } from './node_modules/ink/build/output.js'
export { default as lineUpdate } from './node_modules/ink/build/line-update.js'
export { tokenize, styledCharsFromTokens } from '@alcalzone/ansi-tokenize'`
const size = { width: 24, height: 6 }

type Written = { readonly x: number; readonly y: number; readonly text: string; readonly isClipped: boolean }

const drawnBy = ({ Output }: Frames, writes: readonly Written[]): string => {
  const frame = new Output(size)
  for (const { x, y, text, isClipped } of writes) {
    if (isClipped) frame.clip({ x1: 2, x2: 15, y1: 1, y2: 4 })
    frame.write(x, y, text, { transformers: [] })
    if (isClipped) frame.unclip()
  }
  return frame.get().output
}

const styles = [
  '\x1b',
  '\x1b[1m',
  '\x1b[2m',
  '\x1b[22m',
  '\x1b[31m',
  '\x1b[38;5;208m',
  '\x1b[39m',
  '\x1b[7;4m',
  '\x1b[0m',
]
const odd = [
  '\u00ad',
  '\u200b',
  '\u200d',
  'e\u0301',
  '漢',
  '🧯',
  '👩‍🚒',
  '\ufe0f',
  '🇨🇭',
  '\u{e0067}',
  '\t',
  '\n',
  '│',
  '●',
]
const link = '\x1b]8;;https://example.org\x07link\x1b]8;;\x07'
const text = fc
  .array(fc.oneof(fc.constantFrom(...styles, ...odd, link, ' ', 'kubelet'), fc.string({ maxLength: 8 })), {
    maxLength: 12,
  })
  .map(parts => parts.join(''))
const written = fc.record({
  x: fc.integer({ min: 0, max: 20 }),
  y: fc.integer({ min: 0, max: 5 }),
  text: fc.oneof(text, fc.constantFrom('a row that stays', '\x1b[32m● stays too\x1b[39m')),
  isClipped: fc.boolean(),
})

const [ours, inks] = [await bundled<Frames>(contents), await bundled<Frames>(contents, true)]

/** What a terminal shows of a frame: it is all one in which order the styles of a cell were switched on. */
const shownBy = (drawn: string): readonly unknown[] =>
  inks
    .styledCharsFromTokens(inks.tokenize(drawn))
    .map(({ value, styles }) => [value, styles.map(({ code }) => code).sort()])

it('draws any frames after one another as Ink itself does', () => {
  fc.assert(
    fc.property(fc.array(fc.array(written, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), frames => {
      for (const writes of frames)
        expect(shownBy(drawnBy(ours, writes))).toEqual(shownBy(drawnBy(inks, writes)))
    }),
    { numRuns: 300 },
  )
})

it('makes a row of the terminal another as Ink itself does', () => {
  const row = text.map(drawn => drawn.replaceAll('\n', ''))
  fc.assert(
    fc.property(
      fc.tuple(row, row, row),
      fc.integer({ min: 1, max: 60 }),
      ([common, before, after], columns) => {
        const rows = [common + before, common + after] as const
        expect(ours.lineUpdate(...rows, columns)).toBe(inks.lineUpdate(...rows, columns))
      },
    ),
    { numRuns: 500 },
  )
})
