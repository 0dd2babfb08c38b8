import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '../../src/document/index.ts'
import { commandsOf, parse } from './read.ts'

const pieces = [
  '- ',
  '1. ',
  '  ',
  '   ',
  '    ',
  '\t',
  '> ',
  '```',
  '```bash\n',
  '```console\n',
  '~~~\n',
  '\n',
  '\n\n',
  '# head\n',
  '## b `c`\n',
  '===\n',
  '---\n',
  'title: x\n',
  'variables: {A: }\n',
  '<div>',
  '<!--',
  '-->',
  '| a | b |\n|---|---|\n',
  '[a]: http://x\n',
  '[x](#b)',
  ' → ',
  '`disk-full`',
  'ls -l\n',
  '$ ls\n',
  'node-1$ a\n',
  '# ls\n',
  'cat <<EOF\n',
  'EOF\n',
  'for i in 1; do\n',
  'done\n',
  "'",
  '"',
  '$(',
  ')',
  '{',
  '}',
  '\\\n',
  ' | ',
  ' && ',
  '!!! note:\n',
  '\r\n',
  'é🎉',
  '\u{FFFD}',
  '{name=x}',
]

const markdown = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(all => all.join('')),
)

const rangesIn = (blocks: readonly Block[]): readonly { first: number; last: number }[] =>
  blocks.flatMap(block => {
    if (block.kind === 'list')
      return [block.lines, ...block.items.flatMap(item => [item.lines, ...rangesIn(item.blocks)])]
    return block.kind === 'quote' ? [block.lines, ...rangesIn(block.blocks)] : [block.lines]
  })

describe('reading any text', () => {
  it('never throws, and all places lie in the text', () => {
    fc.assert(
      fc.property(markdown, text => {
        const parsed = parse(text)
        const { lines, sections } = parsed.document
        for (const { span } of [...parsed.diagnostics, ...commandsOf(parsed)]) {
          expect(span.start.line).toBeGreaterThanOrEqual(1)
          expect(span.start.column).toBeGreaterThanOrEqual(1)
          expect(span.end.line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length)
          expect(span.end.line).toBeGreaterThanOrEqual(span.start.line)
        }
        for (const { first, last } of sections.flatMap(section => rangesIn(section.blocks))) {
          expect(first).toBeGreaterThanOrEqual(1)
          expect(last).toBeGreaterThanOrEqual(first)
          expect(last).toBeLessThanOrEqual(lines.length)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives sections with unique slugs that cover the body without a gap', () => {
    fc.assert(
      fc.property(markdown, text => {
        const { sections, lines } = parse(text).document
        expect(new Set(sections.map(section => section.slug)).size).toBe(sections.length)
        for (const [order, section] of sections.entries()) {
          const next = sections[order + 1]
          expect(section.lines.last).toBe(next === undefined ? lines.length : next.lines.first - 1)
        }
      }),
      { numRuns: 500 },
    )
  })
})

const words = fc
  .array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 4 })
  .map(all => `run-${all.join(' ')}`)

describe('a fence of simple commands', () => {
  it('gives each of them back, in order, whatever container it stands in', () => {
    const containers = [
      ['', ''],
      ['> ', '> '],
      ['- ', '  '],
      ['1. ', '   '],
      ['> - ', '>   '],
      ['- 1. ', '     '],
    ] as const
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1 }),
        fc.constantFrom(...containers),
        (runs, [first, rest]) => {
          const text = [
            `${first}x`,
            rest.trimEnd(),
            ...['```bash', ...runs, '```'].map(line => `${rest}${line}`),
          ].join('\n')
          const commands = commandsOf(parse(text))
          expect(commands.map(command => command.run)).toEqual(runs)
          expect(commands.map(command => command.span.start)).toEqual(
            runs.map((_, order) => ({ line: order + 4, column: rest.length + 1 })),
          )
        },
      ),
    )
  })

  it('loses no line of a fence: each is a command, its caption, its output or text', () => {
    const line = fc.constantFrom('a', 'b | c', '# note', '', '$ d', 'out put', '-x', '{', '}', "it's", 'e \\')
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (content: readonly string[]) => {
        const parsed = parse(['```bash', ...content, '```'].join('\n'))
        const { sections } = parsed.document
        const kept = JSON.stringify(sections)
        for (const word of ['out put', 'note', '-x', "it's"]) {
          if (content.includes(word) || content.includes(`# ${word}`))
            expect(kept.includes(word) || kept.includes('prose')).toBe(true)
        }
      }),
    )
  })
})
