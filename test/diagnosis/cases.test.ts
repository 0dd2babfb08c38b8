import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { bundledKnowledge, observe } from './observe.ts'

/** An output that a public thread tells of, with what a careful reader names from it, the first to act on first. */
type Case = {
  readonly id: string
  readonly source: string
  readonly command: string
  readonly causes: readonly string[]
  readonly healthy: boolean
  readonly key: readonly string[]
  readonly output: string
}

const folder = new URL('../fixtures/diagnosis/cases/', import.meta.url)
const cases = readdirSync(folder)
  .sort()
  .flatMap(name => parse(readFileSync(new URL(name, folder), 'utf8')) as readonly Case[])

const knowledge = bundledKnowledge()

const alarms = ({ command, output }: Case): readonly string[] =>
  observe(knowledge, { command, stdout: output, outcome: { kind: 'canceled' } })
    .findings.filter(finding => finding.severity !== 'info')
    .map(finding => finding.cause)

const named = (wanted: readonly Case[]) => wanted.map(one => [one.id, one] as const)

describe('a case from a public thread', () => {
  test.each(named(cases.filter(one => !one.healthy)))('%s puts its first cause first', (_, one) => {
    expect(alarms(one)[0]).toBe(one.causes[0])
  })

  test.each(named(cases.filter(one => one.healthy)))('%s raises no alarm', (_, one) => {
    expect(alarms(one)).toEqual([])
  })

  test('has a name of its own, and shows what proves its label', () => {
    expect(new Set(cases.map(one => one.id)).size).toBe(cases.length)
    expect(cases.filter(one => one.key.some(key => !one.output.includes(key))).map(one => one.id)).toEqual([])
  })

  test('names causes that are known, and none where all is well', () => {
    const unknown = cases.flatMap(one => one.causes.filter(cause => !knowledge.causes.has(cause)))
    expect(unknown).toEqual([])
    expect(cases.filter(one => one.healthy === one.causes.length > 0).map(one => one.id)).toEqual([])
  })
})
