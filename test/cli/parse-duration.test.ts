import { expect, it } from 'vitest'
import { parseDuration } from '../../src/cli/parse-duration.ts'

it.each([
  ['30s', 30_000],
  ['2m', 120_000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['7', 7_000],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

it.each(['', '0s', '-1s', 'soon', '3 days', '1e3'])('refuses %j with a way out', text => {
  expect(() => parseDuration(text)).toThrow(/no length of time/)
})
