import { describe, expect, test } from 'vitest'
import { compileExpression, type Expression } from '../../src/diagnosis/expression.ts'
import { neededTexts } from '../../src/diagnosis/needed-texts.ts'
import { bundledKnowledge, knowledgeOf, observe } from './observe.ts'
import { readWordings } from './read-wordings.ts'

const expressionOf = (text: string): Expression => {
  const compiled = compileExpression(text)
  if (!compiled.ok) throw new Error(compiled.error.message)
  return compiled.value
}

describe('the texts without which a condition over lines cannot hold', () => {
  test.each([
    ['lines.exists(l, l.contains("No space"))', [['no space']]],
    ['lines.exists(l, l.matches("^ERROR .*(disk|inode)") && !l.contains("ok"))', [['error ']]],
    ['lines.filter(l, l.matches("refused") || l == "broken").size() >= 3', [['refused', 'broken']]],
    ['lines.filter(l, l.startsWith("abc")).size() > 0', [['abc']]],
    ['command.contains("kubectl") && output.matches("x509: ") && units.size() > 0', [['x509: ']]],
    ['lines.exists(l, l.contains("one")) || lines[lines.size() - 1].matches("two+")', [['one', 'two']]],
    ['lines.exists(l, l.contains("one")) && lines.exists(m, m.endsWith("two"))', [['one'], ['two']]],
  ])('%s', (text, expected) => {
    expect(neededTexts(expressionOf(text))).toEqual(expected)
  })

  test.each([
    '!lines.exists(l, l.contains("started"))',
    'lines.filter(l, l.contains("started")).size() == 0',
    'lines.filter(l, l.contains("started")).size() >= 0',
    'lines.all(l, l.contains("started"))',
    'lines.exists(l, l.contains("one") || l.matches("[0-9]+"))',
    'lines.exists(l, l.contains(command))',
    'lines.exists(l, command.contains("started"))',
    'output.contains("one\\ntwo")',
    'units.exists(l, l.name.contains("started"))',
    'lines.exists(l, l.contains("one")) || command.contains("two")',
  ])('%s needs none', text => {
    expect(neededTexts(expressionOf(text))).toEqual([])
  })
})

const causes = (when: string): string => `causes:
  - id: disk-full
    title: The disk is full
    layer: infra
    meaning: Nothing can be written.
    conditions:
      - when: '${when}'
        severity: error
        says: it is full
`

describe('a condition over the lines of a long output', () => {
  const filler = Array.from({ length: 2_000 }, (_, index) => `line ${index} of many`).join('\n')
  const isFound = (when: string, text: string) =>
    observe(knowledgeOf(causes(when)), { command: 'cat it', stdout: `${filler}\n${text}\n${filler}` })
      .findings.length > 0

  test.each([
    'lines.exists(l, l.matches("NO +space (left|on)"))',
    'lines.filter(l, l.contains("NO  space")).size() >= 1 && !lines.exists(l, l.contains("freed"))',
    'output.matches("space left") && command.contains("cat")',
  ])('%s holds where its line is, and not where it is not', when => {
    expect([isFound(when, 'NO  space left'), isFound(when, 'all is well')]).toEqual([true, false])
  })

  test('holds by the name of a container in front of its lines', () => {
    const when = 'output.contains("salt-minion") && lines.exists(l, l.startsWith("denied"))'
    expect([isFound(when, 'salt-minion-1  | denied'), isFound(when, 'web-1  | denied')]).toEqual([
      true,
      false,
    ])
  })

  test('holds where no line shows what it denies', () => {
    const when = '!lines.exists(l, l.contains("freed"))'
    expect([isFound(when, 'NO space'), isFound(when, 'freed')]).toEqual([true, false])
  })
})

const texts = readWordings()
  .filter(({ cause }) => cause !== undefined)
  .map(({ output = '', stderr = '' }) => `${output}\n${stderr}`)

test('what a bundled condition needs stands in every wording in which it finds its line', () => {
  const wholes = texts.map(text => text.toLowerCase())
  const isOfLines = (expression: Expression): boolean =>
    expression.names.every(name => name === 'lines' || name === 'output')
  const held = bundledKnowledge().conditions.flatMap(({ expression }) => {
    const needs = isOfLines(expression) ? neededTexts(expression) : []
    if (needs.length === 0) return []
    return texts.flatMap((text, index) =>
      expression.test({ lines: text.split('\n'), output: text }) === true
        ? [{ text, hasAll: needs.every(group => group.some(one => wholes[index]?.includes(one))) }]
        : [],
    )
  })
  expect(held.length).toBeGreaterThan(30)
  expect(held.filter(({ hasAll }) => !hasAll)).toEqual([])
}, 60_000)
