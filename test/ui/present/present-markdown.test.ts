import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowWidth } from '../../../src/ui/present/fit-row.ts'
import { presentMarkdown } from '../../../src/ui/present/present-markdown.ts'
import { rowText } from '../../../src/ui/present/span.ts'

const draw = (markdown: string, width = 40): readonly string[] =>
  presentMarkdown(markdown, width).map(rowText)

const partOf = (markdown: string, text: string) =>
  presentMarkdown(markdown, 40)
    .flat()
    .find(part => part.text === text)

const looksOf = (markdown: string, text: string) => partOf(markdown, text)?.look

describe('presentMarkdown', () => {
  it('joins the lines of a paragraph and wraps them at the width', () => {
    expect(draw('One line\nand another that is too long for it.', 20)).toEqual([
      'One line and another',
      'that is too long for',
      'it.',
    ])
  })

  it('renders inline marks in tight lists too', () => {
    expect(draw('- **bold** and `code`\n- plain')).toEqual(['• bold and code', '• plain'])
    expect(looksOf('- **bold** and `code`', 'bold')).toEqual({ bold: true })
  })

  it('leaves the colour of code to the theme', () => {
    const all = '`inline` **`strong`**\n\n```\nblock\n```\n\n> `quoted`\n\n| `head` |\n| --- |\n| `cell` |'
    for (const text of ['inline', 'strong', 'quoted'])
      expect(partOf(all, text)).toMatchObject({ tone: 'code' })
    const looks = presentMarkdown(all, 40).flatMap(row => row.map(part => part.look?.colour))
    expect(looks.filter(colour => colour !== undefined)).toEqual([])
  })

  it('reads HTML without the tags that only set text', () => {
    const folded =
      'Before.\n\n<details>\n<summary>Its outputs</summary>\n\n<b>one</b> line\n\n</details>\nAfter.'
    expect(draw(folded)).toEqual(['Before.', '', 'Its outputs', '', 'one line', '', 'After.'])
    expect(draw('one<br>two')).toEqual(['one', 'two'])
  })

  it('keeps what stands in angles for a value', () => {
    expect(draw('Describe <pod-name> in <namespace>.')).toEqual(['Describe <pod-name> in <namespace>.'])
  })

  it('draws a task once', () => {
    expect(draw('- [ ] to do\n- [x] done\n\nend')).toEqual(['• [ ] to do', '• [x] done', '', 'end'])
    expect(draw('- [ ] loose\n\n- [x] items')).toEqual(['• [ ] loose', '• [x] items'])
  })

  it('numbers an ordered list as the document does, nested lists inside', () => {
    expect(draw('3. three\n4. four\n   - nested\n5. five')).toEqual([
      '3. three',
      '4. four',
      '   • nested',
      '5. five',
    ])
  })

  it('hangs the further rows of an item below its text', () => {
    expect(draw('- a long item that does not fit', 18)).toEqual(['• a long item that', '  does not fit'])
  })

  it('keeps tables within the width', () => {
    expect(draw('| name | meaning |\n|---|---|\n| `a` | words that have to be wrapped |', 24)).toEqual([
      'name  meaning           ',
      '────  ──────────────────',
      'a     words that have to',
      '      be wrapped',
    ])
  })

  it('aligns tables with CJK', () => {
    expect(draw('| a | b |\n|---|---|\n| 日本 | x |').at(-1)).toBe('日本  x')
  })

  it('keeps the shape of code', () => {
    expect(draw('```yaml\na:\n  - b\n```')).toEqual(['  a:', '    - b'])
  })

  it('shows quotes, pictures, entities and HTML as text', () => {
    expect(draw('> said\n> so')).toEqual(['│ said so'])
    expect(draw('![a map](map.png)')).toEqual(['[picture: a map]'])
    expect(draw('a &lt;b&gt; &amp; <pod-name>')).toEqual(['a <b> & <pod-name>'])
  })

  it('tells where a link leads, unless it is a step of this runbook', () => {
    expect(draw('[step](#step) and [docs](https://example.org/a)', 60)).toEqual([
      'step and docs (https://example.org/a)',
    ])
  })

  it('never writes a terminal escape of the document', () => {
    expect(draw('a\x1b]0;t\x07b `c\x1b[2Jd`').join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
  })

  it('never throws and never exceeds the width', () => {
    const piece = fc.constantFrom(
      '# a\n',
      '- ',
      '1. ',
      '| a | b |\n|---|---|\n| c | d |\n',
      '**b**',
      '`c`',
      '> ',
      '日本語',
      '\n\n',
      'word ',
      '```\n',
      '[x](y)',
      '<a>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 20, max: 100 }), (pieces, width) => {
        for (const each of presentMarkdown(pieces.join(''), width))
          expect(rowWidth(each)).toBeLessThanOrEqual(width)
      }),
    )
  })
})
