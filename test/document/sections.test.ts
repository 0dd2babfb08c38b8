import { describe, expect, it } from 'vitest'
import { codes, commandsOf, fencesOf, parse } from './read.ts'

const headings = (text: string) =>
  parse(text).document.sections.map(({ slug, title, level, lines }) => [slug, title, level, lines.first])

describe('headings', () => {
  it.each<readonly [what: string, text: string, expected: readonly (readonly unknown[])[]]>([
    [
      'plain ones',
      '# A b\n\n## C',
      [
        ['a-b', 'A b', 1, 1],
        ['c', 'C', 2, 3],
      ],
    ],
    [
      'duplicates',
      '# A\n# A\n# A-1\n# A',
      [
        ['a', 'A', 1, 1],
        ['a-1', 'A', 1, 2],
        ['a-1-1', 'A-1', 1, 3],
        ['a-2', 'A', 1, 4],
      ],
    ],
    [
      'code and links',
      '## Check `df -h` of [the disk](x)',
      [['check-df--h-of-the-disk', 'Check df -h of the disk', 2, 1]],
    ],
    [
      'emoji',
      '## 🎉 Done\n## ✅',
      [
        ['-done', '🎉 Done', 2, 1],
        ['section', '✅', 2, 2],
      ],
    ],
    ['emphasis', '## **Bold** _it_ ~~no~~', [['bold-it-no', 'Bold it no', 2, 1]]],
    [
      'setext ones',
      'A\n===\n\nB\nc\n---\n',
      [
        ['a', 'A', 1, 1],
        ['b-c', 'B c', 2, 4],
      ],
    ],
    ['closing marks', '## A ##', [['a', 'A', 2, 1]]],
    ['dots and ampersands', '## 7.2 Logs & more', [['72-logs--more', '7.2 Logs & more', 2, 1]]],
    ['umlauts', '## Über uns', [['über-uns', 'Über uns', 2, 1]]],
    ['none in a fence', '# A\n\n```bash\n# B\nls\n```\n~~~\n# C\n~~~', [['a', 'A', 1, 1]]],
    [
      'none in a comment',
      '# A\n<!--\n# B\n\n# C\n-->\n# D',
      [
        ['a', 'A', 1, 1],
        ['d', 'D', 1, 7],
      ],
    ],
    ['none in indented code', 'x\n\n    # B\n', [['introduction', '', 0, 1]]],
    [
      'one called Introduction below text',
      'x\n# Introduction',
      [
        ['introduction-1', '', 0, 1],
        ['introduction', 'Introduction', 1, 2],
      ],
    ],
    [
      'CRLF',
      '# A\r\n\r\ntext\r\n# B\r\n',
      [
        ['a', 'A', 1, 1],
        ['b', 'B', 1, 4],
      ],
    ],
    ['a byte order mark', '\u{FEFF}# A', [['a', 'A', 1, 1]]],
  ])('become sections: %s', (_, text, expected) => {
    expect(headings(text)).toEqual(expected)
  })

  it('inside quotes and lists count for the slugs, and lead to the section around them', () => {
    const { document } = parse('# A\n\n> # A\n\n- # B\n\n# A\n')
    expect(document.sections.map(section => section.slug)).toEqual(['a', 'a-2'])
    expect(document.anchors.get('a-1')).toBe('a')
    expect(document.anchors.get('b')).toBe('a')
  })

  it('are not the only anchors: HTML ids are too', () => {
    const { document } = parse('# A\n\n<a name="old-name"></a>\n\ntext <span id="x">y</span>\n')
    expect(document.anchors.get('old-name')).toBe('a')
    expect(document.anchors.get('x')).toBe('a')
  })
})

describe('commands are found', () => {
  const found = (text: string) =>
    commandsOf(parse(text)).map(({ run, span }) => [run, span.start.line, span.start.column])

  it.each<readonly [what: string, text: string, expected: readonly (readonly unknown[])[]]>([
    ['at the top', '# A\n\n```bash\nls\n```', [['ls', 4, 1]]],
    ['in a list', '1. x\n\n   ```bash\n   ls\n   ```\n2. y\n', [['ls', 4, 4]]],
    ['on the line of a list marker', '- ```bash\n  ls\n  ```\n', [['ls', 2, 3]]],
    [
      'in a nested list',
      '1. x\n   - y\n     - z:\n       ```bash\n       ls\n       pwd\n       ```\n',
      [
        ['ls', 5, 8],
        ['pwd', 6, 8],
      ],
    ],
    ['in a quote', '> x\n>\n> ```bash\n> ls\n> ```\n', [['ls', 4, 3]]],
    ['in a list in a quote', '> - x\n>   ```bash\n>   ls\n>   ```\n', [['ls', 3, 5]]],
    ['behind tabs', '-\tx\n\n\t```bash\n\tls -l\n\t```\n', [['ls -l', 4, 2]]],
    ['with CRLF', '```bash\r\nls\r\n```\r\n', [['ls', 2, 1]]],
    ['in an admonition', '!!! note:\n    Do:\n\n    ```bash\n    ls\n    ```\n\ntext', [['ls', 5, 5]]],
    [
      'in a folded block',
      '<details>\n<summary>x</summary>\n\n```bash\nls\n```\n\n</details>',
      [['ls', 5, 1]],
    ],
    ['behind link definitions in a quote', '> [a]: http://x\n> ```bash\n> ls\n> ```\n', [['ls', 3, 3]]],
    ['in a fence of tildes', '~~~sh\nls\n```\n~~~', [['ls', 2, 1]]],
    ['in a longer fence', '````bash\ncat <<EOF\n```\nEOF\n````', [['cat <<EOF\n```\nEOF', 2, 1]]],
    ['below front matter', '---\ntitle: x\n---\n# A\n```bash\nls\n```', [['ls', 6, 1]]],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it.each([
    ['an HTML comment', '<!--\n```bash\nls\n```\n-->'],
    ['indented code', '    ```bash\n    ls\n    ```'],
    ['a fence that is never closed', '```bash\nls\n\n# Next\n\nRun rm -rf / never.'],
    ['inline code', 'run `ls` now'],
  ])('but not in %s', (_, text) => {
    expect(found(text)).toEqual([])
  })

  it('and an unclosed fence is told at its place', () => {
    expect(codes('# A\n\n   ```bash\nls\n')).toEqual(['3:4 E_FENCE_UNCLOSED'])
  })

  it('and the prefix of a fence keeps quote marks and turns list markers into blanks', () => {
    expect(fencesOf(parse('> - ```bash\n>   ls\n>   ```\n')).map(fence => fence.prefix)).toEqual(['>   '])
  })
})

describe('odd files', () => {
  it.each(['', '\n\n\n', '   ', '\u{FEFF}'])('that are empty have no section: %j', text => {
    expect(parse(text)).toMatchObject({ document: { sections: [] }, diagnostics: [] })
  })

  it('that are binary are refused', () => {
    expect(codes('# A\n\u{0}ELF')).toEqual(['2:1 E_DOCUMENT_BINARY'])
    expect(parse('# A\n\u{0}').document.sections).toEqual([])
  })

  it('that are not UTF-8 are read with a warning', () => {
    const text = new TextDecoder().decode(new Uint8Array([0x23, 0x20, 0x41, 0x0a, 0x62, 0xe9, 0x0a]))
    expect(codes(text)).toEqual(['2:2 E_DOCUMENT_ENCODING'])
    expect(headings(text)).toHaveLength(1)
  })

  it('that steer a terminal or turn letters around are shown as they are, with a warning', () => {
    const text = '# A\n\n```bash\nls \u{1b}[2K\u{202e}x\n```\n'
    expect(codes(text)).toEqual(['4:4 E_DOCUMENT_CONTROL_CHARACTER'])
    expect(commandsOf(parse(text)).map(command => command.run)).toEqual(['ls \u{FFFD}[2K\u{FFFD}x'])
  })

  it('that only begin with a rule have no front matter', () => {
    const { document } = parse('---\n\n# A\n\ntext\n\n---\n\n# B\n')
    expect(document.frontMatter.present).toBe(false)
    expect(document.sections.map(section => section.slug)).toEqual(['a', 'b'])
  })

  it('that nest without end are read as text', () => {
    expect(() =>
      parse(`${'>'.repeat(50_000)}\n${'- '.repeat(20_000)}x\n${' '.repeat(90_000)}- y`),
    ).not.toThrow()
  })
})

describe('admonitions', () => {
  it('become quotes with a title, and what follows is no part of them', () => {
    const { document } = parse('!!! warning "Take care":\n    It is\n    gone.\n\nBehind.\n')
    expect(document.lines.slice(0, 5)).toEqual(['> **Take care:**', '>   It is', '>   gone.', '', 'Behind.'])
  })

  it('are left alone in a fence', () => {
    const text = '```text\n!!! note:\n    x\n```'
    expect(parse(text).document.lines).toEqual(text.split('\n'))
  })
})
