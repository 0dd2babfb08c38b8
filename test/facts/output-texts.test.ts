import { describe, expect, test } from 'vitest'
import type { CapturedOutput, OutputLine, StreamName } from '../../src/base/index.ts'
import { outputTexts, wholeText } from '../../src/facts/index.ts'

type Piece = readonly [stream: StreamName, text: string, continues?: true]

const outputOf = (...pieces: readonly Piece[]): CapturedOutput => ({
  firstLine: 1,
  lines: pieces.map(
    ([stream, text, continues], index): OutputLine => ({
      number: index + 1,
      stream,
      text,
      ...(continues === undefined ? {} : { continues }),
    }),
  ),
  totalLines: pieces.length,
  totalBytes: 0,
})

describe('the texts of an output', () => {
  test('are its lines, where all are of one stream and none was cut', () => {
    const output = outputOf(['stdout', 'one'], ['stdout', ''], ['stdout', 'three'])
    expect(outputTexts(output)).toEqual({ stdout: 'one\n\nthree', stderr: '' })
    expect(wholeText(output)).toBe('one\n\nthree')
  })

  test('are told apart by stream, and cut lines put together again', () => {
    const output = outputOf(['stdout', 'on', true], ['stderr', 'warning'], ['stdout', 'e'], ['stdout', 'two'])
    expect(outputTexts(output)).toEqual({ stdout: 'one\ntwo', stderr: 'warning' })
    expect(wholeText(output)).toBe('on\nwarning\ne\ntwo')
  })

  test('are put together where a line was cut and nothing else came between', () => {
    const output = outputOf(['stdout', 'on', true], ['stdout', 'e'])
    expect(outputTexts(output)).toEqual({ stdout: 'one', stderr: '' })
  })

  test('of an output that printed nothing are empty', () => {
    expect(outputTexts(outputOf())).toEqual({ stdout: '', stderr: '' })
  })
})
