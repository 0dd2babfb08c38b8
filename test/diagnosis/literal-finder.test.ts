import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLiteralFinder } from '../../src/diagnosis/literal-finder.ts'

const letters = fc.constantFrom('a', 'b', 'c', '-')
const text = fc.string({ unit: letters, minLength: 1, maxLength: 6 })
const line = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', 'A', 'B', 'x', 'é'), maxLength: 40 })

test('a finder tells exactly the texts that a line holds, capitals or not, whatever lines came before', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.array(line, { maxLength: 8 }), (texts, lines) => {
      const find = createLiteralFinder(texts)
      for (const read of lines) {
        const held = texts.flatMap((wanted, index) => (read.toLowerCase().includes(wanted) ? [index] : []))
        expect([...find(read)].sort((a, b) => a - b)).toEqual(held)
      }
    }),
  )
})

test('a finder of more texts than its first table has room for finds each of them', () => {
  const texts = Array.from({ length: 400 }, (_, index) => `text-${index * 7919}-end`)
  const find = createLiteralFinder(texts)
  for (const [index, wanted] of texts.entries()) expect(find(`there is ${wanted}.`)).toContain(index)
})
