import { expect, it } from 'vitest'
import { fitText } from '../../src/report/html/fit-text.ts'

it.each([
  ['a → b — c', 9, 'a → b — c'],
  ['abcdef', 5, 'abcd…'],
  ['  two\n words ', 9, 'two words'],
  ['磁盘满了', 8, '磁盘满了'],
  ['磁盘满了', 6, '磁盘…'],
  ['ab😀😀', 5, 'ab…'],
])('%j in the room of %i letters is %j', (text, room, fitted) => {
  expect(fitText(text, room)).toBe(fitted)
})
