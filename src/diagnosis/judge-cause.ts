import { isLayer } from '../base/index.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { hasLooked } from './looked.ts'
import { expandSources, sourceTest } from './sources.ts'
import { conditionsTell, evidenceOfStep } from './step-conditions.ts'
import type { Cause, Evidence, Finding, RunResult, Verdict } from './types.ts'

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

const holding = (evidence: readonly Evidence[], title: string): Opinion => ({
  status: 'holds',
  because: quote(evidence[0]?.text ?? title),
  evidence,
})

const isReason = ({ severity }: Finding): boolean => severity !== 'info'

/** Judges a branch that names a cause or a layer: by the findings of the results, and by whether anything could have shown it. */
export const judgeCause = (knowledge: Knowledge, id: string, results: readonly RunResult[]): Opinion => {
  const wanted = isOf(id)
  const found = results.flatMap(result =>
    result.findings.filter(finding => isReason(finding) && wanted(finding)),
  )
  if (found[0] !== undefined)
    return holding(
      found.flatMap(finding => finding.evidence),
      found[0].title,
    )
  const rules = knowledge.conditions.filter(rule => wanted(rule.cause))
  const together = evidenceOfStep(rules, results)
  if (together.length > 0) return holding(together, id)
  const causes = [...knowledge.causes.values()].filter(wanted)
  const told =
    conditionsTell(rules, results) || causes.some(cause => patternsCanTell(knowledge, cause, results))
  return told
    ? { status: 'fails', because: `no sign of ${id}`, evidence: [] }
    : { status: 'unknown', because: `nothing that was run could show ${id}`, evidence: [] }
}
