import { describe, expect, it } from 'vitest'
import { wrapLine, wrapWords } from '../../src/cli/wrap-words.ts'

describe('words in rows', () => {
  it('stand as many in a row as fit its columns, wide letters counted as two', () => {
    expect(wrapWords('one two\n three', 8)).toEqual(['one two', 'three'])
    expect(wrapWords('節点 節点 節点', 9)).toEqual(['節点 節点', '節点'])
    expect(wrapWords('a-word-that-is-too-long for it', 8)).toEqual(['a-word-that-is-too-long', 'for it'])
    expect(wrapWords(' \n', 8)).toEqual([])
  })

  it('of a line keep its indent, and go on where they are told to', () => {
    expect(wrapLine('  1  one two', 9, '     ')).toEqual(['  1  one', '     two'])
  })
})
