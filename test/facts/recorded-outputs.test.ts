import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { factDocs } from '../../src/facts/index.ts'
import { factsOfRecorded, recordedOutput } from '../kit/recorded-output.ts'

const root = new URL('../fixtures/facts/', import.meta.url)

/**
 * What a person read in an output: facts that are compared whole, and of long lists how many rows there are and what some of them
 * hold, by their index. Facts that are not named must not be there.
 */
type Reading = {
  readonly facts?: Readonly<Record<string, unknown>>
  readonly lists?: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly count: number }>>
  readonly diagnostics?: readonly string[]
}

const readingsOf = (leaf: string): Readonly<Record<string, Reading>> => {
  const file = new URL(`${leaf}/expected.yaml`, root)
  return existsSync(file) ? (parse(readFileSync(file, 'utf8'), { merge: true }) ?? {}) : {}
}

const recorded = readdirSync(root).flatMap(leaf => {
  const index = new URL(`${leaf}/INDEX.tsv`, root)
  if (!existsSync(index)) return []
  const rows = readFileSync(index, 'utf8')
    .split('\n')
    .filter(row => row !== '')
  return rows.map(row => [leaf, row.split('\t')[0] ?? ''] as const)
})

const read = readdirSync(root).flatMap(leaf =>
  Object.entries(readingsOf(leaf)).map(([name, reading]) => [leaf, name, reading] as const),
)

describe.each(read)('the recorded output %s/%s, read by hand', (leaf, name, reading) => {
  const { facts, diagnostics } = factsOfRecorded(leaf, name)
  const lists = Object.entries(reading.lists ?? {})

  it('gives these facts and no others', () => {
    const short = Object.fromEntries(
      Object.entries(facts).filter(([fact]) => !(fact in (reading.lists ?? {}))),
    )
    expect(short).toEqual(reading.facts ?? {})
    expect(diagnostics.map(diagnostic => diagnostic.code)).toEqual(reading.diagnostics ?? [])
  })

  it.each(lists)('gives %s with these rows', (fact, { count, ...rows }) => {
    const list = facts[fact] as readonly unknown[]
    expect(list).toHaveLength(count)
    expect(Object.keys(rows).map(index => list[Number(index)])).toEqual(Object.values(rows))
  })
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
