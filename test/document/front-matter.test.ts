import { describe, expect, it } from 'vitest'
import { codes, commandsOf, parse } from './read.ts'

const withFrontMatter = (...lines: readonly string[]): string =>
  ['---', ...lines, '---', '# Body', '```bash', 'ls', '```'].join('\n')

const frontMatter = (...lines: readonly string[]) => parse(withFrontMatter(...lines)).document.frontMatter

describe('front matter', () => {
  it('is read whole', () => {
    const text = `---
title: Node runbook
summary: Debug a node
where: node
start: first-checks
symptoms:
  - {say: offline, go: scenario-a}
  - {say: slow, go: 'other.md#disk'}
variables:
  NODE_IP: {about: the node, type: ip, from: "nodes.map(n, n.internalIP)"}
  POD:
requires: [systemctl, crictl]
layer: node
layers: {network: infra}
---
# A
`
    expect(parse(text)).toMatchObject({
      diagnostics: [],
      document: {
        frontMatter: {
          present: true,
          title: 'Node runbook',
          summary: 'Debug a node',
          where: 'node',
          start: { slug: 'first-checks', line: 5 },
          symptoms: [
            { say: 'offline', go: 'scenario-a', line: 7 },
            { say: 'slow', go: 'other.md#disk', line: 8 },
          ],
          variables: [
            { name: 'NODE_IP', about: 'the node', type: 'ip', from: 'nodes.map(n, n.internalIP)', line: 10 },
            { name: 'POD', about: undefined, type: undefined, from: undefined, spellings: [], line: 11 },
          ],
          requires: ['systemctl', 'crictl'],
          layer: 'node',
          layers: [{ slug: 'network', layer: 'infra', line: 14 }],
        },
      },
    })
  })

  it.each<readonly [what: string, lines: readonly string[], expected: readonly string[]]>([
    ['a misspelt key', ['sumary: x'], ['2:1 E_FRONTMATTER_UNKNOWN_KEY']],
    ['a number as title', ['title: 3'], ['2:8 E_FRONTMATTER_VALUE']],
    ['an unknown place', ['title: x', 'where: nodee'], ['3:8 E_FRONTMATTER_VALUE']],
    ['an unknown type', ['variables:', '  A: {type: ipp}'], ['3:13 E_FRONTMATTER_VALUE']],
    ['an unknown key of a variable', ['variables:', '  A: {typ: ip}'], ['3:7 E_FRONTMATTER_UNKNOWN_KEY']],
    ['a symptom without a step', ['symptoms:', '  - {say: x}'], ['3:5 E_FRONTMATTER_VALUE']],
    ['a symptom that is text', ['symptoms:', '  - x'], ['3:5 E_FRONTMATTER_VALUE']],
    ['a list that is none', ['requires: x'], ['2:11 E_FRONTMATTER_VALUE']],
    ['a map that is none', ['variables: [x]'], ['2:12 E_FRONTMATTER_VALUE']],
    ['an unknown layer', ['layers: {a: b}'], ['2:13 E_FRONTMATTER_VALUE']],
    ['an escape sequence', ['title: "a\\e[2J"'], ['2:8 E_FRONTMATTER_VALUE']],
    ['an escape sequence in a name', ['variables: {"\\e[m": {}}'], ['2:21 E_FRONTMATTER_VALUE']],
    ['a key twice', ['title: x', 'title: y'], ['3:1 E_FRONTMATTER_SYNTAX']],
    ['an unclosed quote', ['title: "x'], ['2:10 E_FRONTMATTER_SYNTAX']],
    ['a tab', ['variables:', '\tA: {}'], ['3:1 E_FRONTMATTER_SYNTAX']],
  ])('tells %s at its line and column', (_, lines, expected) => {
    expect(codes(withFrontMatter(...lines))).toEqual(expect.arrayContaining([...expected]))
  })

  it('names the nearest known key, or all of them', () => {
    const advice = (line: string) =>
      parse(withFrontMatter(line)).diagnostics.map(diagnostic => diagnostic.advice)
    expect(advice('sumary: x')).toEqual(['Did you mean "summary"?'])
    expect(advice('foo: x')[0]).toContain('title, summary, where')
    expect(advice('variables: {A: {abuot: x}}')).toEqual(['Did you mean "about"?'])
  })

  it('keeps what is right beside what is wrong', () => {
    const lines = [
      'title: x',
      'where: nowhere',
      'requires: [a, 3, b]',
      'variables: {A: {type: ip}, B: {type: zip}}',
    ]
    const read = frontMatter(...lines)
    expect(read).toMatchObject({
      title: 'x',
      where: undefined,
      requires: ['a', 'b'],
      variables: [{ name: 'A' }],
    })
  })

  it.each([
    ['a syntax error', ['title: [x', 'where: node']],
    [
      'aliases without end',
      ['a: &a [x, x]', 'b: &b [*a, *a, *a, *a, *a, *a, *a]', `c: [${'*b, '.repeat(60)}]`],
    ],
    ['nesting without end', [`title: ${'['.repeat(20_000)}`]],
    ['a list at the root', ['x: y', '- z']],
  ])('that is broken by %s never loses the body', (_, lines) => {
    const parsed = parse(withFrontMatter(...lines))
    expect(parsed.diagnostics.length).toBeGreaterThan(0)
    expect(commandsOf(parsed).map(command => command.run)).toEqual(['ls'])
  })

  it('that is never closed is told, and the body kept', () => {
    const parsed = parse('---\ntitle: x\n\n# Body\n')
    expect(parsed.diagnostics.map(diagnostic => diagnostic.code)).toEqual(['E_FRONTMATTER_UNCLOSED'])
    expect(parsed.document.sections.map(section => section.slug)).toContain('body')
  })

  it('may be empty and may end with dots', () => {
    expect(parse('---\n---\n# A').document.frontMatter.present).toBe(true)
    expect(parse('---\ntitle: x\n...\n# A').document.frontMatter.title).toBe('x')
  })
})
