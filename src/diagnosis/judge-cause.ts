import { isLayer } from '../base/index.ts'
import { bindingsOf } from './bindings.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { canBeTested } from './find-by-facts.ts'
import { hasLooked } from './looked.ts'
import { expandSources, sourceTest } from './sources.ts'
import type { Cause, Finding, RunResult, Verdict } from './types.ts'

type Opinion = Omit<Verdict, 'branch'>

const quote = (text: string): string => {
  const plain = text.trim()
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain
}

const isOf =
  (id: string) => (item: { readonly id?: string; readonly cause?: string; readonly layer: string }) =>
    isLayer(id) ? item.layer === id : (item.cause ?? item.id) === id

// The absence of a text that any program might print says something only of a log, or of a cause that has no better signs.
const patternsCanTell = (knowledge: Knowledge, cause: Cause, results: readonly RunResult[]): boolean => {
  const own = knowledge.patterns.filter(rule => rule.cause.id === cause.id)
  const hasBetter = cause.conditions.length > 0 || own.some(rule => rule.pattern.sources.length > 0)
  return results.filter(hasLooked).some(result => {
    const shows = sourceTest(result.command)
    return own.some(({ pattern }) =>
      shows(pattern.sources.length > 0 || !hasBetter ? pattern.sources : expandSources(['log'])),
    )
  })
}

const conditionsCanTell = (knowledge: Knowledge, cause: Cause, results: readonly RunResult[]): boolean =>
  knowledge.conditions
    .filter(rule => rule.cause.id === cause.id)
    .some(rule =>
      results.some(result => canBeTested(rule, bindingsOf(rule.expression, result.facts, result))),
    )

const holding = (findings: readonly Finding[]): Opinion => {
  const first = findings[0]
  const text = first?.evidence[0]?.text ?? first?.title ?? ''
  return { status: 'holds', because: quote(text), evidence: findings.flatMap(finding => finding.evidence) }
}

/** Judges a branch that names a cause or a layer: by the findings of the results, and by whether anything could have shown it. */
export const judgeCause = (knowledge: Knowledge, id: string, results: readonly RunResult[]): Opinion => {
  const wanted = isOf(id)
  const found = results.flatMap(result =>
    result.findings.filter(finding => finding.severity !== 'info' && wanted(finding)),
  )
  if (found.length > 0) return holding(found)
  const causes = [...knowledge.causes.values()].filter(wanted)
  const told = causes.some(
    cause => conditionsCanTell(knowledge, cause, results) || patternsCanTell(knowledge, cause, results),
  )
  return told
    ? { status: 'fails', because: `no sign of ${id}`, evidence: [] }
    : { status: 'unknown', because: `nothing that was run could show ${id}`, evidence: [] }
}
