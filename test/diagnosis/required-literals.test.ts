import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern, parsePattern } from '../../src/diagnosis/index.ts'
import { createLiteralFinder } from '../../src/diagnosis/literal-finder.ts'
import { requiredLiterals } from '../../src/diagnosis/required-literals.ts'
import { createScanner } from '../../src/diagnosis/scanner.ts'
import { bundledKnowledge } from './observe.ts'

const literalsOf = (text: string) => requiredLiterals(parsePattern(text))

describe('the texts without which a pattern cannot match', () => {
  test.each([
    ['No Space', ['no space']],
    ['/x509: .*expired/', ['expired']],
    ['/(Out of memory|oom-kill)[a-z]*/', ['out of memory', 'oom-kill']],
    ['/[Ff]ailed to (get|update) lease/', ['failed to get lease', 'failed to update lease']],
    [
      '/dial tcp \\S+:6443: (connect: )?connection refused/',
      [':6443: connection refused', ':6443: connect: connection refused'],
    ],
    ['/(abc)+d/', ['abcd']],
    ['/^kubelet +(FATAL|EXITED) /', ['kubelet ']],
    ['/up +(running|failed) +since/', [' failed ', ' running ']],
    ['/a(bc|de){2,}/', ['abc', 'ade']],
    ['/(?i:Proxy)=/', ['proxy=']],
    ['/(abc){2,}/', ['abc']],
    ['/\\bkubelet\\b/i', ['kubelet']],
    ['/\\[ERROR \\w+\\]/', ['[error ']],
    ['/\\x41\\u0042C\\/d/', ['abc/d']],
  ])('%s', (pattern, expected) => {
    expect([...(literalsOf(pattern) ?? [])].sort()).toEqual([...expected].sort())
  })

  test.each(['/a.b/', '/(abc)?/', '/(abc|d)/', '/[a-z]+/', '/\\d+%/', '/(long text|.)/', 'ü', '/^$/'])(
    '%s has none that would be worth looking for',
    pattern => {
      expect(literalsOf(pattern)).toBeUndefined()
    },
  )
})

describe('the finder of texts', () => {
  test('finds all that occur, also inside and across each other, without case', () => {
    const texts = ['she', 'he', 'hers', 'his', 'usher']
    const find = createLiteralFinder(texts)
    expect([...find('uSHErs')].map(index => texts[index]).sort()).toEqual(['he', 'hers', 'she', 'usher'])
    expect(find('ÿ\u{1f600}')).toEqual([])
  })

  test('finds what searching for each would find', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.uniqueArray(letters, { minLength: 1 }),
        fc.string({ unit: fc.constantFrom('a', 'B', 'c', ' ', 'ü') }),
        (texts, line) => {
          const expected = texts.flatMap((text, index) => (line.toLowerCase().includes(text) ? [index] : []))
          expect([...createLiteralFinder(texts)(line)].sort((a, b) => a - b)).toEqual(expected)
        },
      ),
    )
  })
})

describe('the scanner over the knowledge base', () => {
  const { patterns } = bundledKnowledge()
  const regexes = patterns.flatMap(({ pattern: { pattern, rule } }) =>
    pattern.kind === 'regex' ? [{ rule, regex: new RegExp(pattern.source.replaceAll('\\b', '')) }] : [],
  )
  const scanner = createScanner(patterns.map(rule => rule.pattern.pattern))
  const finders = patterns.map(rule => compilePattern(rule.pattern.pattern))

  const naive = (text: string): readonly number[] =>
    finders.flatMap((finder, index) => (finder.ok && finder.value(text) !== undefined ? [index] : []))

  test('finds every pattern in texts that are made to match it', () => {
    const line = fc
      .constantFrom(...regexes)
      .chain(({ regex }) => fc.stringMatching(regex, { maxLength: 300 }))
      .filter(text => !text.includes('\n'))
    fc.assert(
      fc.property(line, text => {
        expect(scanner.scan([{ number: 1, text }]).map(match => match.pattern)).toEqual(naive(text))
      }),
      { numRuns: 600 },
    )
  })
})
