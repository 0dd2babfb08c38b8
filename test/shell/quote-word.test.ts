import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseShell, quoteWord } from '../../src/shell/index.ts'

describe('quoteWord', () => {
  test('leaves a plain word as it is', () => {
    expect(quoteWord('worker-2.example.org:6443')).toBe('worker-2.example.org:6443')
  })

  test.each([
    '',
    '$(rm -rf /)',
    'a; b',
    "it's",
    'two\nlines',
    '`id`',
    '-n',
    '$HOME',
    '"quoted"',
    '*',
    '~',
    'a\\',
  ])('keeps %j one argument of a real shell', value => {
    expect(execFileSync('bash', ['-c', `printf %s ${quoteWord(value)}`], { encoding: 'utf8' })).toBe(
      value === '-n' ? '-n' : value,
    )
  })

  test('gives one word that means the value, whatever the value is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), value => {
        const clean = value.replaceAll('\0', '')
        const { script, problems } = parseShell(`echo ${quoteWord(value)}`)
        const command = script.commands[0]?.command
        const words = command?.type === 'Command' ? command.args : []
        expect(problems).toEqual([])
        expect(words.map(word => (word.type === 'Word' ? word.value : undefined))).toEqual([clean])
      }),
    )
  })
})
