import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OutputLine } from '../../../src/base/index.ts'
import { packLines, unpackLines } from '../../../src/cli/analysis/packed-lines.ts'

const lineAt = (number: number) =>
  fc
    .record({
      stream: fc.constantFrom('stdout' as const, 'stderr' as const),
      text: fc.string({ unit: 'grapheme' }).map(text => text.replaceAll('\n', '')),
      continues: fc.boolean(),
    })
    .map(({ continues, ...line }): OutputLine => ({ number, ...line, ...(continues ? { continues } : {}) }))

const outputs = fc
  .tuple(fc.nat(300_000), fc.nat(30))
  .chain(([before, length]) => fc.tuple(...Array.from({ length }, (_, index) => lineAt(before + 1 + index))))

test('lines come out as they were packed', () => {
  fc.assert(fc.property(outputs, lines => void expect(unpackLines(packLines(lines))).toEqual(lines)))
})
