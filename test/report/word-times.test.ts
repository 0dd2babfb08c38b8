import { expect, it } from 'vitest'
import { wordSpan } from '../../src/report/word-times.ts'

it.each([
  [0.34, '0.3 s'],
  [12.4, '12 s'],
  [59.7, '1 min'],
  [90, '2 min'],
  [3599, '1 h 0 min'],
  [3900, '1 h 5 min'],
])('%d seconds are %s', (seconds, words) => {
  expect(wordSpan(seconds)).toBe(words)
})
