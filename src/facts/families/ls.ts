import { operandsOf } from '../command/options.ts'
import { type Located, listFact, nothing, record } from '../parsed.ts'
import { divideAt } from '../text/divide.ts'
import { linesOf, type TextLine } from '../text/lines.ts'
import { parseSize } from '../text/size.ts'
import type { FactValue, Parsed, Parser, ParserInput } from '../types.ts'

const longRow =
  /^([-dlbcps][-rwxsStT]{9})[.+@]?\s+\d+\s+(\S+)\s+(\S+)\s+(\d[\d.,]*[KMGTP]?|\d+, +\d+)\s+(\w{3} +\d+ +[\d:]+|\d{4}-\d\d-\d\d \d\d:\d\d(?::[\d.]+ [+-]\d{4})?|\d\d-\d\d \d\d:\d\d)\s+(.+)$/

const kinds: Readonly<Record<string, string>> = {
  '-': 'file',
  d: 'directory',
  l: 'link',
  b: 'block-device',
  c: 'character-device',
  p: 'pipe',
  s: 'socket',
}

const baseName = (path: string): string => path.split('/').findLast(part => part !== '') ?? path

const longFile = (text: string, directory: string | undefined): FactValue | undefined => {
  const match = longRow.exec(text)
  if (match === null) return undefined
  const [, mode = '', owner = '', group = '', size = '', modified = '', rest = ''] = match
  const [path = '', target] = mode.startsWith('l') ? rest.split(' -> ') : [rest]
  const name = path.includes('/') ? baseName(path) : path
  return record({
    name,
    directory,
    kind: kinds[mode[0] ?? ''],
    mode: mode.slice(1),
    owner,
    group,
    size: parseSize(size),
    modified,
    target,
  })
}

const plainFile = (text: string, directory: string | undefined): FactValue =>
  record({ name: baseName(text.trim()), directory })

type Shelf = { readonly directory: string | undefined; readonly line: TextLine }

// `ls DIR1 DIR2` writes the directory's name and a colon above each list.
const shelved = (lines: readonly TextLine[], first: string | undefined): readonly Shelf[] => {
  let directory = first
  return lines.flatMap(line => {
    const heading = /^(\/.*|\.[^ ]*):$/.exec(line.text)?.[1]
    if (heading !== undefined) directory = heading
    return heading === undefined ? [{ directory, line }] : []
  })
}

const isNoise = (text: string): boolean => /^(?:total \S+$|ls: )/.test(text)

const parse = ({ argv, stdout, stderr, exitCode }: ParserInput): Parsed => {
  const places = operandsOf(argv)
  const lines = linesOf(stdout)
  const long = lines.some(line => longRow.test(line.text) || /^total \S+$/.test(line.text))
  const rows: readonly Located<FactValue>[] = shelved(lines, places.length === 1 ? places[0] : undefined)
    .filter(shelf => !isNoise(shelf.line.text))
    .flatMap(({ directory, line }) => {
      const value = long ? longFile(line.text, directory) : plainFile(line.text, directory)
      return value === undefined ? [] : [{ line: line.number, value }]
    })
    .filter(row => !['.', '..'].includes(String((row.value as { readonly name: string }).name)))
  const none =
    stderr.trim() === '' &&
    (exitCode === 0 || exitCode === 1 || lines.some(line => line.text.startsWith('total ')))
  return rows.length > 0 || none ? listFact('files', rows) : nothing
}

/** A directory: `ls`, `ls -l` with -a, -h, -R; an empty one gives an empty list, one that is missing gives none. */
export const ls: Parser = {
  name: 'ls',
  gives: ['files'],
  recognises: argv => argv[0] === 'ls' || argv[0] === 'll',
  recognisesText: text => /^total \d/.test(text) && linesOf(text).some(line => longRow.test(line.text)),
  takesAnyText: true,
  divide: divideAt(text => /^total \d/.test(text)),
  parse,
}
