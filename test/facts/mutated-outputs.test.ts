import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveFacts, parsers } from '../../src/facts/index.ts'
import { recordedOutput } from '../kit/recorded-output.ts'

const root = new URL('../fixtures/facts/', import.meta.url)

const namesOf = (leaf: string): readonly string[] => {
  const index = new URL(`${leaf}/INDEX.tsv`, root)
  if (!existsSync(index)) return []
  const rows = readFileSync(index, 'utf8').split('\n')
  return rows.filter(row => row !== '').map(row => row.split('\t')[0] ?? '')
}

/** What can happen to an output between a machine and us. */
const mutations: Readonly<Record<string, (text: string, at: number) => string>> = {
  'cut off': (text, at) => text.slice(0, Math.floor(text.length * at)),
  'without its beginning': (text, at) => text.slice(Math.floor(text.length * at)),
  'with a line missing': (text, at) => {
    const lines = text.split('\n')
    return lines.toSpliced(Math.floor(lines.length * at), 1).join('\n')
  },
  'with a line twice': (text, at) => {
    const lines = text.split('\n')
    const index = Math.floor(lines.length * at)
    return lines.toSpliced(index, 0, lines[index] ?? '').join('\n')
  },
  'with columns swapped': text =>
    text
      .split('\n')
      .map(line => line.split(/(\s+)/).toReversed().join(''))
      .join('\n'),
  'with its lines in reverse': text => text.split('\n').toReversed().join('\n'),
  'with lines cut short': (text, at) =>
    text
      .split('\n')
      .map(line => line.slice(0, 20 + Math.floor(60 * at)))
      .join('\n'),
  'with its blanks gone': text => text.replace(/[ \t]+/g, ' '),
  'in capitals': text => text.toUpperCase(),
  'with every digit gone': text => text.replace(/\d/g, ''),
}

const isWhole = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isWhole)
  return value !== undefined
}

const leaves = readdirSync(root).filter(leaf => namesOf(leaf).length > 0)

describe.each(leaves)('outputs of %s that something happened to', leaf => {
  it('give facts that are whole, or the reason why there are none', () => {
    const how = fc.constantFrom(...Object.keys(mutations))
    const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom(...namesOf(leaf)), how, at, (name, mutation, place) => {
        const output = recordedOutput(leaf, name)
        const stdout = mutations[mutation]?.(output.stdout, place) ?? ''
        const { parser, facts, lines, diagnostics } = deriveFacts(parsers, { ...output, stdout })
        const count = stdout.split('\n').length
        expect(isWhole(facts)).toBe(true)
        expect([...lines.values()].every(line => line >= 0 && line <= count)).toBe(true)
        expect(parser === undefined || Object.keys(facts).length + diagnostics.length > 0).toBe(true)
      }),
      { numRuns: 40 },
    )
  }, 20_000)
})
