import type { StepRef } from '../base/index.ts'
import type { WrittenCause } from './cause-shape.ts'
import { endingsOf } from './endings-of.ts'
import { parsePattern } from './pattern.ts'
import type { Cause, CauseCondition, CausePattern, CauseSign } from './types.ts'

const stepOf = (link: string): StepRef => {
  const [runbook = '', step = ''] = link.split('#')
  return { runbook, step }
}

const patternOf =
  (id: string) =>
  (written: WrittenCause['patterns'][number], index: number): CausePattern => {
    const name = `${id}/pattern-${index + 1}`
    if (typeof written === 'string')
      return { rule: name, pattern: parsePattern(written), sources: [], severity: 'error' }
    const { match, sources, severity, rule } = written
    return {
      rule: rule === undefined ? name : `${id}/${rule}`,
      pattern: parsePattern(match),
      sources,
      severity,
    }
  }

const conditionOf =
  (id: string) =>
  (
    { each, when, says, severity, rule }: WrittenCause['conditions'][number],
    index: number,
  ): CauseCondition => ({
    rule: `${id}/${rule ?? `condition-${index + 1}`}`,
    each,
    when,
    says,
    severity,
  })

const conditionsOf = ({ id, conditions, program }: WrittenCause): readonly CauseCondition[] => [
  ...conditions.map(conditionOf(id)),
  ...(program === undefined ? [] : endingsOf(id, program)),
]

const signOf =
  (id: string) =>
  (written: WrittenCause['signs'][number], index: number): CauseSign => ({
    rule: `${id}/sign-${index + 1}`,
    of: written.of === undefined ? undefined : parsePattern(written.of),
    says: 'says' in written ? parsePattern(written.says) : undefined,
    isBroad: 'says' in written ? written.broad : true,
  })

/** A cause out of the form in which it is written. */
export const causeOf = (written: WrittenCause): Cause => ({
  id: written.id,
  title: written.title,
  layer: written.layer,
  meaning: written.meaning.trim(),
  patterns: written.patterns.map(patternOf(written.id)),
  conditions: conditionsOf(written),
  benign: written.benign.map(parsePattern),
  ...(written.recovered.length > 0 ? { recovered: written.recovered.map(parsePattern) } : {}),
  ...(written.signs.length > 0 ? { signs: written.signs.map(signOf(written.id)) } : {}),
  ...(written.generic ? { generic: true } : {}),
  explains: written.explains,
  next: written.next.map(stepOf),
})
