import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { factDocs } from '../../src/facts/index.ts'
import { factsOfRecorded, recordedOutput } from '../kit/recorded-output.ts'

const root = new URL('../fixtures/facts/', import.meta.url)

const recorded = readdirSync(root).flatMap(leaf => {
  const index = new URL(`${leaf}/INDEX.tsv`, root)
  if (!existsSync(index)) return []
  const rows = readFileSync(index, 'utf8')
    .split('\n')
    .filter(row => row !== '')
  return rows.map(row => [leaf, row.split('\t')[0] ?? ''] as const)
})

describe.each(recorded)('the recorded output %s/%s', (leaf, name) => {
  const { facts, lines, diagnostics } = factsOfRecorded(leaf, name)

  it('gives facts or says why not', () => {
    expect(Object.keys(facts).length + diagnostics.length).toBeGreaterThan(0)
  })

  it('gives documented facts, each on a line of the output', () => {
    const count = recordedOutput(leaf, name).stdout.split('\n').length
    expect(Object.keys(facts).filter(fact => !(fact in factDocs))).toEqual([])
    expect([...lines.values()].filter(line => line < 0 || line > count)).toEqual([])
  })
})
