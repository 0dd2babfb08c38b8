import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deriveFacts, parsers } from '../../src/facts/index.ts'
import { recordedOutput } from '../kit/recorded-output.ts'

const root = new URL('../fixtures/facts/', import.meta.url)
const leaves = [
  'df',
  'free',
  'ss',
  'ps',
  'ip-address',
  'lsmod',
  'mount',
  'netstat',
  'systemctl-list',
  'systemctl-status',
  'kubectl-list',
]
const fixtures = leaves.flatMap(leaf => {
  const rows = readFileSync(new URL(`${leaf}/INDEX.tsv`, root), 'utf8').split('\n')
  return rows.filter(row => row !== '').map(row => [leaf, row.split('\t')[0] ?? ''] as const)
})

const ESC = '\u001b'
const coloured = (text: string): string => text.replace(/\S+/g, word => `${ESC}[1;32m${word}${ESC}[0m`)

/** What happens to an output on its way through terminals, editors, mails and chats. */
const ways: Readonly<Record<string, (text: string) => string>> = {
  'with the line ends of Windows': text => text.replaceAll('\n', '\r\n'),
  'with a byte order mark': text => `\ufeff${text}`,
  'with blanks that do not break': text => text.replaceAll(' ', '\u00a0'),
  'in colours': coloured,
  'cleared to the end of each line': text => text.replaceAll('\n', `${ESC}[K\n`),
  'as links': text => text.replace(/^\S+/gm, word => `${ESC}]8;;file://x${ESC}\\${word}${ESC}]8;;${ESC}\\`),
}

it('there are fixtures to paste', () => {
  expect(readdirSync(root)).toEqual(expect.arrayContaining(leaves))
  expect(fixtures.length).toBeGreaterThan(60)
})

describe.each(Object.entries(ways))('an output %s', (_, way) => {
  it.each(fixtures)('says the same as before: %s/%s', (leaf, name) => {
    const output = recordedOutput(leaf, name)
    const before = deriveFacts(parsers, output)
    const after = deriveFacts(parsers, { ...output, stdout: way(output.stdout) })
    expect(after.facts).toEqual(before.facts)
  })
})
