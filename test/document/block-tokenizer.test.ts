import fc from 'fast-check'
import { Lexer } from 'marked'
import { describe, expect, it } from 'vitest'
import { BlockTokenizer } from '../../src/document/blocks/block-tokenizer.ts'

const lexed = (text: string, tokenizer?: BlockTokenizer) =>
  new Lexer({ gfm: true, ...(tokenizer && { tokenizer }) }).blockTokens(text, [])

const piece = fc.oneof(
  fc.constantFrom(
    ...['a', 'some words', '===', '---', '-', ' ---  ', '    ---', '- item', '> quote', '***', '# head'],
    ...['```', '| a | b |', '| --- | --- |', '<div>', '[a]: b', '', '  ', '1. one', '--- x', '\t---'],
  ),
  fc.integer({ min: 3_960, max: 4_010 }).map(length => 'x'.repeat(length)),
)

describe('the tokenizer of blocks', () => {
  it('finds what the library finds', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), lines => {
        const text = lines.join('\n')
        expect(lexed(text, new BlockTokenizer())).toEqual(lexed(text))
      }),
      { numRuns: 500 },
    )
  })

  it.each(['Title\n===', 'Two\nlines\n---\ntext', 'Title\n ---  \n', `${'long '.repeat(900)}\n---\n`])(
    'finds the underlined heading of %j',
    text => {
      expect(lexed(text, new BlockTokenizer())[0]).toMatchObject({ type: 'heading' })
    },
  )
})
