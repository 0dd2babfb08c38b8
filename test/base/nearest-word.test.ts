import { expect, it } from 'vitest'
import { nearestWord } from '../../src/base/index.ts'

it('finds what a misspelt word meant', () => {
  expect(nearestWord('opne', ['open', 'auto', 'tree'])).toBe('open')
  expect(nearestWord('ope', ['open', 'auto', 'tree'])).toBe('open')
  expect(nearestWord('reed-only', ['read-only', 'timeout'])).toBe('read-only')
})

it('does not guess when nothing is close', () => {
  expect(nearestWord('kubernetes', ['open', 'auto'])).toBeUndefined()
})
