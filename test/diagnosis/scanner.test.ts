import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePattern, parsePattern, scanLookFor } from '../../src/diagnosis/index.ts'
import { createScanner } from '../../src/diagnosis/scanner.ts'
import { leastOf, spent } from '../kit/costs.ts'
import { bundledKnowledge } from './observe.ts'

const patterns = ['refused', '/x509: .*expired/', '/^E\\d{4} /', '/no space/i'].map(parsePattern)
const scanner = createScanner(patterns)

const line = fc.oneof(
  fc.constantFrom('dial tcp: connection Refused', 'E1121 x509: it expired', 'NO SPACE left', ''),
  fc.string(),
)
const numbered = (lines: readonly string[]) => lines.map((text, index) => ({ number: index + 1, text }))

describe('the scanner', () => {
  test('finds each pattern once a line, at its column', () => {
    expect(scanner.scan(numbered(['nothing', 'E1121 x509: it has expired']))).toEqual([
      { pattern: 1, line: 2, column: 7, length: 20 },
      { pattern: 2, line: 2, column: 1, length: 6 },
    ])
  })

  test('finds the same in chunks as in the whole, and nothing outside a line', () => {
    fc.assert(
      fc.property(fc.array(line), fc.nat(), (texts, cut) => {
        const lines = numbered(texts)
        const at = lines.length === 0 ? 0 : cut % lines.length
        const whole = scanner.scan(lines)
        expect([...scanner.scan(lines.slice(0, at)), ...scanner.scan(lines.slice(at))]).toEqual(whole)
        for (const match of whole) {
          const text = texts[match.line - 1] ?? ''
          expect(match.column).toBeGreaterThan(0)
          expect(match.column - 1 + match.length).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  test.each(['/a(?=b)/', '/(?<!a)b/', '/(a)\\1/', '/(?<n>a)\\k<n>/', '/(/', '//x'])(
    'refuses %s or takes it as text',
    text => {
      const result = compilePattern(parsePattern(text))
      expect(result.ok).toBe(text === '//x')
    },
  )

  test.each(['/dev/kmsg', '/etc/kubernetes/manifests'])('takes the path %s as text', text => {
    expect(parsePattern(text)).toEqual({ kind: 'literal', text })
  })

  test.each(['/[(?=)]/', '/\\(\\?=/', '/\\\\1/'])('takes %s, which only looks like one', text => {
    expect(compilePattern(parsePattern(text)).ok).toBe(true)
  })
})

describe('look-for items', () => {
  test('give the lines with what they mean, colours aside', () => {
    const lines = [
      { number: 7, stream: 'stdout' as const, text: 'ok' },
      { number: 8, stream: 'stderr' as const, text: '\u001b[31mX509: CERTIFICATE has expired\u001b[0m' },
    ]
    const wanted = [{ pattern: parsePattern('certificate has expired'), means: 'renew it' }]
    expect(scanLookFor(wanted, lines)).toEqual([
      { pattern: 0, line: 8, column: 7, length: 23, means: 'renew it' },
    ])
  })
})

describe('the patterns of the knowledge base', () => {
  const knowledge = bundledKnowledge()
  // What makes a backtracking engine slow: long runs of what a pattern's parts match, with an end that does not fit.
  const pieces = [
    ...['a', ' ', '0', '\t', 'ab ', 'x: ', '"\\', '10.0.0.1:', 'dial tcp ', 'connection ', 'x509: '],
    ...['error ', 'failed to ', 'level=error msg=', 'kubelet ', 'status: ', 'overlay ', 'node version '],
  ]
  const lineLength = 4090
  const linesOf100kB = 25
  const hostile = pieces.map(
    piece => `${piece.repeat(Math.ceil(lineLength / piece.length)).slice(0, lineLength)}\u0001!`,
  )
  const search = (find: (line: string) => unknown, line: string) => (): void => {
    for (let count = 0; count < linesOf100kB; count += 1) find(line)
  }
  const costOf = (find: (line: string) => unknown, line: string): number => spent(search(find, line))
  const ratioOf = (find: (line: string) => unknown, line: string): number => {
    const [unit = 0, own = 0] = leastOf(20, [search(findLiteral, longest), search(find, line)])
    return own / unit
  }
  const literal = compilePattern({ kind: 'literal', text: 'no such text' })
  const findLiteral = (line: string): unknown => literal.ok && literal.value(line)
  // Of many rounds, so that it is the same line each time: the literal is done with some lines five times sooner than with others.
  const costs = leastOf(
    20,
    hostile.map(line => search(findLiteral, line)),
  )
  const longest = hostile[costs.indexOf(Math.max(...costs))] ?? ''
  // Bounded gaps stay below 150 on these lines; a pattern that is quadratic in the line comes to 500 and more.
  const bound = 300

  test('cost on 100 kB of hostile lines a bounded multiple of what a literal costs', () => {
    const [unit = 0] = leastOf(20, [search(findLiteral, longest)])
    const slow = knowledge.patterns.flatMap(({ pattern }) => {
      const compiled = compilePattern(pattern.pattern)
      if (!compiled.ok) return [pattern.rule]
      const find = compiled.value
      const suspects = hostile.filter(line => costOf(find, line) > bound * unit)
      const ratios = suspects.map(line => ratioOf(find, line)).filter(ratio => ratio > bound)
      return ratios.map(ratio => `${pattern.rule} ${Math.round(ratio)} times`)
    })
    expect(slow).toEqual([])
  })
})
