import { expect, test } from 'vitest'
import { parsers } from '../../src/facts/index.ts'
import type { Parser } from '../../src/facts/types.ts'
import { leastOf, spent } from '../kit/costs.ts'

const SMALL = 1_000
const FACTOR = 8

// A text on which a parser spends less than so many times what a plain one does costs nobody anything, however it grows.
const DEAR = 20

const fill = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)

const units = [
  ...[
    '\n',
    '\r\n',
    ' ',
    '\t',
    ' \n',
    '[',
    ']',
    '{',
    '"',
    "'",
    '1',
    ':',
    '-',
    '.',
    '1.',
    '=',
    '/',
    '|',
    ',',
    '(',
  ],
  ...['a', 'a ', 'A', '#', '_', '\\', '+-', '├─', '…', '{"a":', 'a: ', 'a=', 'k="v" ', '1 ', '/a/b ', 'a.b '],
  ...[
    'a\n',
    '1\n',
    '  a: b\n',
    ' - a: b\n',
    'a\\\n',
    '| a |\n',
    '+--+\n',
    '---\n',
    ' next a\n',
    'Serial Number:\n',
    '2026-11-21 06:10:39 ',
  ],
]

const headers = [
  'Filesystem     1K-blocks Used Available Use% Mounted on',
  '              total        used        free      shared  buff/cache   available',
  'NAME   MAJ:MIN RM   SIZE RO TYPE MOUNTPOINT',
  '  UNIT LOAD ACTIVE SUB DESCRIPTION',
  'NAME READY STATUS RESTARTS AGE',
  'Chain INPUT (policy ACCEPT)',
  '     Loaded: loaded (/a)',
  'top - 06:10:39 up 1 day',
  'Tasks: 1 total',
  'x = "y"',
  '10.0.0.1 dev eth0',
  '{"a":1}',
]

type Shape = readonly [string, (size: number) => string]

const shapes: readonly Shape[] = [
  ...units.flatMap((unit): readonly Shape[] => [
    [`${JSON.stringify(unit)} over and over`, size => fill(unit, size)],
    [`${JSON.stringify(unit)} before a control character`, size => `${fill(unit, size)}\u0001`],
  ]),
  ...headers.flatMap((header): readonly Shape[] => [
    [`"${header}" over and over`, size => fill(`${header}\n`, size)],
    [`"${header}" before blank lines`, size => `${header}\n${fill('\n', size)}`],
    [`"${header}" before blanks`, size => `${header}${fill(' ', size)}\u0001`],
  ]),
]

const read = (parser: Parser, text: string): void => {
  parser.recognises([parser.name, text])
  parser.recognisesText(text)
  parser.parse({ argv: [parser.name], stdout: text, stderr: '', exitCode: 0 })
}

// What a plain parser does with a text: cut it into lines and words.
const plainly = (text: string): void => {
  for (const line of text.split('\n')) line.trim().split(/\s/)
}

// A quick look clears nearly all of them.
const isSuspect = (parser: Parser, [, shape]: Shape): boolean => {
  const [small, large] = [shape(SMALL), shape(SMALL * FACTOR)]
  const much = spent(() => read(parser, large))
  return much > DEAR * spent(() => plainly(large)) && much > 2 * FACTOR * spent(() => read(parser, small))
}

const isTooSlow = (parser: Parser, [, shape]: Shape): boolean => {
  const [small, large] = [shape(SMALL), shape(SMALL * FACTOR)]
  const [plain = 0, little = 0, much = 0] = leastOf(10, [
    () => plainly(large),
    () => read(parser, small),
    () => read(parser, large),
  ])
  return much > DEAR * plain && much > 3 * FACTOR * little
}

test.each(parsers.map(parser => [parser.name, parser] as const))(
  'the time that %s takes grows with the length of a hostile text and no faster',
  (_, parser) => {
    const suspects = shapes.filter(shape => isSuspect(parser, shape))
    const slow = suspects.filter(shape => isTooSlow(parser, shape))
    // Something else on the machine may have disturbed one measurement, hardly two.
    expect(slow.filter(shape => isTooSlow(parser, shape)).map(([name]) => name)).toEqual([])
  },
  60_000,
)
