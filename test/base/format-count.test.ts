import { expect, it } from 'vitest'
import { formatCounted } from '../../src/base/index.ts'

it.each([
  [0, '0 lines'],
  [1, '1 line'],
  [999, '999 lines'],
  [1204, '1,204 lines'],
  [1_234_567, '1,234,567 lines'],
])('%i is counted as %s', (count, words) => {
  expect(formatCounted(count, 'line')).toBe(words)
})

it('a plural of its own is taken as given', () => {
  expect([1, 2].map(count => formatCounted(count, 'entry', 'entries'))).toEqual(['1 entry', '2 entries'])
})
