import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { diagnose, type Finding } from '../src/diagnosis/index.ts'
import { parseDocument } from '../src/document/index.ts'
import type { Facts } from '../src/facts/index.ts'
import { compileTree } from '../src/tree/index.ts'
import { bundledKnowledge, observe } from './diagnosis/observe.ts'

/** What an output may hold by a rule of the documents, and the cause that it then speaks for. */
type Rule = { readonly id: string; readonly patterns: readonly string[]; readonly cause: string | null }

/** What carries a rule: a cause, a step, a test, or a reason why nothing does. */
type Carrier = {
  readonly cause?: string
  readonly rule?: string
  readonly step?: string
  readonly test?: string
  readonly reason?: string
  readonly instead?: string
}

/** An output that a rule is about; `lacks` where what matters is that the pattern is absent. */
type Sample = {
  readonly rules?: readonly string[]
  readonly command: string
  readonly output?: string
  readonly stderr?: string
  readonly facts?: Facts
  readonly lacks?: true
}

const here = (path: string): URL => new URL(path, import.meta.url)
const readYaml = (path: string): unknown => parse(readFileSync(here(path), 'utf8'))

const rules = readYaml('fixtures/traceability/rules.yaml') as readonly Rule[]
const carriers = readYaml('traceability.yaml') as Readonly<Record<string, Carrier>>
const entries = Object.entries(carriers)
const knowledge = bundledKnowledge()

const wordings = readdirSync(here('fixtures/diagnosis/wordings/'))
  .sort()
  .flatMap(name => readYaml(`fixtures/diagnosis/wordings/${name}`) as readonly Sample[])
const samples = readYaml('fixtures/traceability/samples.yaml') as readonly Sample[]

const findingsOf = ({ command, output = '', stderr = '', facts }: Sample): readonly Finding[] => {
  const seen = observe(knowledge, { command, stdout: output, stderr })
  return facts === undefined ? seen.findings : diagnose(knowledge, { ...seen, facts, factLines: new Map() })
}

const diagnosed = [...samples, ...wordings].map(sample => ({ sample, findings: findingsOf(sample) }))

// A pattern between slashes is a regular expression when only flags follow; `/dev/kmsg` is a path.
const holds = ({ command, output = '', stderr = '' }: Sample, written: string): boolean => {
  const text = `${output}${stderr}\n${command}`
  const regex = /^\/(.+)\/([imsu]*)$/.exec(written)
  if (regex === null) return text.includes(written)
  return new RegExp(regex[1] ?? '', [...new Set(`${regex[2]}m`)].join('')).test(text)
}

const isAbout = (sample: Sample, { id, patterns }: Rule): boolean => {
  if (sample.lacks) return (sample.rules ?? []).includes(id) && !patterns.some(p => holds(sample, p))
  return patterns.some(p => holds(sample, p)) && (sample.rules?.includes(id) ?? true)
}

const stepsOf = (runbook: string): ReadonlySet<string> => {
  const text = readFileSync(here(`../runbooks/${runbook}.md`), 'utf8')
  const { document } = parseDocument({ name: runbook, text })
  return new Set(compileTree({ document }).tree.steps.map(step => step.id))
}

const ruleNames = new Set(
  [...knowledge.causes.values()].flatMap(cause => [...cause.patterns, ...cause.conditions].map(r => r.rule)),
)

describe('every rule of the documents', () => {
  test('stands in the list, and nothing else does', () => {
    expect(rules).toHaveLength(359)
    expect(entries.map(([id]) => id).sort()).toEqual(rules.map(rule => rule.id).sort())
  })

  test('has something that carries it, or a reason why nothing does', () => {
    const bare = entries.filter(
      ([, { cause, step, test: file, reason }]) => !(cause ?? step ?? file ?? reason),
    )
    expect(bare).toEqual([])
    expect(entries.filter(([, { reason }]) => reason !== undefined && reason.length < 40)).toEqual([])
  })

  test('is carried by causes, rules and tests that exist', () => {
    const wrong = entries.filter(
      ([, { cause, rule, test: file }]) =>
        (cause !== undefined && !knowledge.causes.has(cause)) ||
        (rule !== undefined && !ruleNames.has(`${cause}/${rule}`)) ||
        (file !== undefined && !existsSync(here(`../${file}`))),
    )
    expect(wrong).toEqual([])
  })

  test('is carried by steps that exist', () => {
    const steps = new Map<string, ReadonlySet<string>>()
    const wrong = entries.filter(([, { step }]) => {
      if (step === undefined) return false
      const [runbook = '', id = ''] = step.split('#')
      const known = steps.get(runbook) ?? stepsOf(runbook)
      steps.set(runbook, known)
      return !known.has(id)
    })
    expect(wrong).toEqual([])
  })

  test('is carried by the cause that it names, unless it is said why by another', () => {
    const wrong = rules.filter(({ id, cause }) => {
      const carrier = carriers[id]
      return carrier?.cause !== undefined && carrier.cause !== cause && carrier.instead === undefined
    })
    expect(wrong).toEqual([])
  })

  test('names a reason where it points to a cause by its patterns and no cause carries it', () => {
    const wrong = rules.filter(({ id, cause, patterns }) => {
      const carrier = carriers[id]
      return cause !== null && patterns.length > 0 && !(carrier?.cause ?? carrier?.reason ?? carrier?.step)
    })
    expect(wrong).toEqual([])
  })
})

describe('an output that holds what a rule looks for is put down to its cause', () => {
  const carried = rules.flatMap(rule => {
    const cause = carriers[rule.id]?.cause
    return cause !== undefined && rule.patterns.length > 0
      ? [[`${rule.id} ${cause}`, rule, cause] as const]
      : []
  })

  test('for most of the rules that name a cause', () => {
    expect(carried.length).toBeGreaterThan(180)
  })

  test.each(carried)('%s', (_, rule, cause) => {
    const own = diagnosed.filter(({ sample }) => sample.rules?.includes(rule.id))
    const pool = own.length > 0 ? own : diagnosed.filter(({ sample }) => sample.rules === undefined)
    const shown = pool.filter(({ sample }) => isAbout(sample, rule))
    expect(shown.some(({ findings }) => findings.some(finding => finding.cause === cause))).toBe(true)
  })
})
