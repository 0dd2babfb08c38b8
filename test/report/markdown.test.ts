import fc from 'fast-check'
import { lexer, type Token, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { presentDrillMarkdown, presentReportMarkdown } from '../../src/report/index.ts'
import { code, fence, plain } from '../../src/report/markdown/marks.ts'
import { drilled, hostile, told } from './kit.ts'

const withoutEntities = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** What a reader sees of inline Markdown, and whether anything but text is in it. */
const read = (tokens: readonly Token[]): string =>
  tokens
    .map(token =>
      'tokens' in token && token.tokens
        ? read(token.tokens)
        : withoutEntities('text' in token ? token.text : ''),
    )
    .join('')

const awkward = fc.string({
  unit: fc.constantFrom(
    ...'`*_[]()<>|~&#\\-+=.1a b!;'.split(''),
    'lt;',
    '\n',
    '- ',
    'https://h/',
    'www.h.org',
    '# ',
    '```',
    '~~~',
  ),
  maxLength: 24,
})

const item = (markdown: string): Token => {
  const [list] = lexer(`- ${markdown}`)
  const [only, second] = (list as Tokens.List).items
  expect(second).toBeUndefined()
  expect(only?.tokens).toHaveLength(1)
  return only?.tokens[0] as Token
}

describe('a text in Markdown', () => {
  it('is read as it was written, whatever signs it holds', () => {
    fc.assert(
      fc.property(awkward, text => {
        const wanted = text.replace(/\s*\n\s*/g, ' ').trim()
        fc.pre(wanted !== '')
        const shown = item(`${plain(text)} end`)
        expect(shown.type).toBe('text')
        expect(read((shown as Tokens.Text).tokens ?? []).replace(/ end$/, '')).toBe(wanted)
      }),
    )
  })

  it('is read as code as it was written', () => {
    fc.assert(
      fc.property(awkward, text => {
        const wanted = text.replaceAll('\n', ' ')
        fc.pre(wanted.trim() !== '')
        const [span, ...rest] = (item(`x ${code(text)} y`) as Tokens.Text).tokens?.slice(1) ?? []
        expect(span?.type).toBe('codespan')
        expect((span as Tokens.Codespan).text).toBe(wanted)
        expect(read(rest)).toBe(' y')
      }),
    )
  })

  it('stays within its fence', () => {
    fc.assert(
      fc.property(fc.array(awkward.map(text => text.replaceAll('\n', ''))), lines => {
        const [block, ...rest] = lexer([...fence(lines), 'after'].join('\n'))
        expect(block?.type).toBe('code')
        expect((block as Tokens.Code).text.trimEnd()).toBe(lines.join('\n').trimEnd())
        expect(rest.map(({ raw }) => raw.trim()).filter(raw => raw !== '')).toEqual(['after'])
      }),
    )
  })
})

const headings = (markdown: string): readonly string[] =>
  lexer(markdown).flatMap(token => (token.type === 'heading' ? [token.text] : []))

describe('a report in Markdown', () => {
  it('has its sections in order, and every output whole', () => {
    const text = presentReportMarkdown(told())
    expect(headings(text).slice(1)).toEqual([
      'Summary',
      'Impact and times',
      'Root cause',
      'The way there',
      'What was changed, and how to undo it',
      'What is not known',
      'To hand over',
      'Notes',
      'Commands',
    ])
    const blocks = lexer(text).flatMap(token => (token.type === 'code' ? [token.text as string] : []))
    expect(blocks[0]?.split('\n').at(-1)).toBe(hostile.replace('\u001B[31m', '').replace('\u001B[0m', ''))
  })

  it('tells a drill with both paths and what was missed', () => {
    const text = presentDrillMarkdown(drilled())
    expect(headings(text).slice(1)).toEqual([
      'The story',
      'Score',
      'The cause',
      'Your path',
      'The short path',
      'What would have shown it',
      'Hints taken',
      'What was harmed',
    ])
    expect(text).toContain('4. 2:00 named kubelet-down: right')
    expect(text).toContain("1. 1:00 `` kubectl get pods | grep 'a\\|b' `x` ``: exit 1, shows pod-evicted")
  })
})
