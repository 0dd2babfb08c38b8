import { lazily, type TextPattern } from '../base/index.ts'
import { compileExpression, type Expression } from './expression.ts'
import { type CompiledPattern, compilePattern, type TextHit } from './pattern.ts'
import { createScanner, type Scanner } from './scanner.ts'
import { expandSources } from './sources.ts'
import type { Cause, CauseCondition, CausePattern, CauseSign } from './types.ts'

/** A pattern with the cause that it points to; its index in the list is the one that the scanner reports. */
export type PatternRule = { readonly cause: Cause; readonly pattern: CausePattern }

/** A condition with the cause that it points to, its expression compiled. */
export type ConditionRule = {
  readonly cause: Cause
  readonly condition: CauseCondition
  readonly expression: Expression
}

/** A sign with the cause that it hints at; `find` gives where it stands in a line of a command's output. */
export type SignRule = {
  readonly cause: Cause
  readonly sign: CauseSign
  readonly find: (line: string, command: string) => TextHit | undefined
}

/** All causes, ready to use: patterns and expressions compiled once, when they are first used. Create with `compileKnowledge`. */
export type Knowledge = {
  readonly causes: ReadonlyMap<string, Cause>
  readonly patterns: readonly PatternRule[]
  readonly conditions: readonly ConditionRule[]
  readonly scanner: Scanner
  readonly signs: readonly SignRule[]
  /** Look-alikes by cause id. */
  readonly benign: ReadonlyMap<string, LineTest>
  /** Lines that say that the trouble is over, by cause id. */
  readonly recovered: ReadonlyMap<string, LineTest>
}

/** Tells whether a line is of a kind. */
export type LineTest = (line: string) => boolean

const lineTest = (patterns: readonly TextPattern[]): LineTest => {
  const finders = patterns.map(compilePattern).flatMap(result => (result.ok ? [result.value] : []))
  return line => finders.some(find => find(line) !== undefined)
}

const testsOf = (
  causes: readonly Cause[],
  patternsOf: (cause: Cause) => readonly TextPattern[],
): ReadonlyMap<string, LineTest> =>
  new Map(
    causes
      .filter(cause => patternsOf(cause).length > 0)
      .map(cause => [cause.id, lineTest(patternsOf(cause))]),
  )

const conditionsOf = (cause: Cause): readonly ConditionRule[] =>
  cause.conditions.flatMap(condition => {
    const expression = compileExpression(condition.when)
    return expression.ok ? [{ cause, condition, expression: expression.value }] : []
  })

const compiledOf = (pattern: TextPattern | undefined): CompiledPattern | undefined => {
  const compiled = pattern === undefined ? undefined : compilePattern(pattern)
  return compiled?.ok ? compiled.value : undefined
}

// What is said is what is marked; where only the subject is known, that, or the whole line when the command names it.
const signsOf = (cause: Cause): readonly SignRule[] =>
  (cause.signs ?? []).map(sign => {
    const [of, says] = [compiledOf(sign.of), compiledOf(sign.says)]
    const find = (line: string, command: string): TextHit | undefined => {
      const whole = { start: 0, length: line.length }
      const subject = of === undefined ? whole : (of(line) ?? (of(command) && whole))
      return subject && (says === undefined ? subject : says(line))
    }
    return { cause, sign, find }
  })

const patternsOf = (cause: Cause): readonly PatternRule[] =>
  cause.patterns.map(pattern => ({ cause, pattern: { ...pattern, sources: expandSources(pattern.sources) } }))

/**
 * Makes causes ready for `diagnose`. Patterns and expressions that do not compile are left out; `parseCauses` reports them. Each
 * part is compiled when it is first used: a screen that shows runbooks needs none of it.
 */
export const compileKnowledge = (causes: readonly Cause[]): Knowledge => {
  const patterns = causes.flatMap(patternsOf)
  const conditions = lazily(() => causes.flatMap(conditionsOf))
  const scanner = lazily(() => createScanner(patterns.map(rule => rule.pattern.pattern)))
  const signs = lazily(() => causes.flatMap(signsOf))
  const benign = lazily(() => testsOf(causes, cause => cause.benign))
  const recovered = lazily(() => testsOf(causes, cause => cause.recovered ?? []))
  return {
    causes: new Map(causes.map(cause => [cause.id, cause])),
    patterns,
    get conditions() {
      return conditions()
    },
    get scanner() {
      return scanner()
    },
    get signs() {
      return signs()
    },
    get benign() {
      return benign()
    },
    get recovered() {
      return recovered()
    },
  }
}
