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
type Frames = { readonly Output: new (size: { readonly width: number; readonly height: number }) => Frame }

const contents = "export { default as Output } from './node_modules/ink/build/output.js'"
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

it('draws any frames after one another as Ink itself does', async () => {
  const [ours, inks] = [await bundled<Frames>(contents), await bundled<Frames>(contents, true)]
  fc.assert(
    fc.property(fc.array(fc.array(written, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), frames => {
      for (const writes of frames) expect(drawnBy(ours, writes)).toBe(drawnBy(inks, writes))
    }),
    { numRuns: 300 },
  )
})
