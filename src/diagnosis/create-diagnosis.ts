import { atOnce, type OutputLine } from '../base/index.ts'
import { mergeFacts } from '../facts/index.ts'
import { bindingsOf } from './bindings.ts'
import { type Clue, settle } from './clue.ts'
import type { ConditionRule, Knowledge } from './compile-knowledge.ts'
import { createClueCollector } from './create-clue-collector.ts'
import { createLineFilter, type LineFilter } from './create-line-filter.ts'
import { nowhere } from './fact-evidence.ts'
import { canBeTested, evidenceFor, findingByFacts } from './find-by-facts.ts'
import { findSettledLines } from './find-settled-lines.ts'
import { findSigns } from './find-signs.ts'
import { rankFindings } from './rank-findings.ts'
import type { Finding, Observation } from './types.ts'

/** The diagnosis of several outputs together, each of which may come piece by piece. Line numbers must differ between outputs. */
export type Diagnosis = {
  /** Begins the output of a command, empty where it is not known. */
  readonly begin: (command: string) => OutputDiagnosis
  /** One ranking over all outputs that were closed: the first is the one to act on. */
  readonly findings: () => readonly Finding[]
}

/** The diagnosis of one output. */
export type OutputDiagnosis = {
  readonly take: (lines: readonly OutputLine[]) => void
  /** Closes the output. The observation may hold fewer lines than were taken: those that its facts were derived from. */
  readonly close: (observation: Observation) => void
}

const isAnswered = (rule: ConditionRule, observations: readonly Observation[]): boolean =>
  observations.some(one => canBeTested(rule, bindingsOf(rule.expression, one.facts, one)))

// Some causes show only when the facts of several commands are seen together, such as a load and the number of processors.
const findTogether = (knowledge: Knowledge, observations: readonly Observation[]): readonly Clue[] => {
  if (observations.length < 2) return []
  const merged = mergeFacts(observations.map(one => one.facts))
  const open = knowledge.conditions.filter(
    rule => canBeTested(rule, merged) && !isAnswered(rule, observations),
  )
  return open.flatMap(rule =>
    evidenceFor(rule, merged, nowhere).map((evidence): Clue => {
      return { cause: rule.cause, severity: rule.condition.severity, origin: 'fact', evidence }
    }),
  )
}

const MANY_LINES = 10_000

// The filter takes a while to build, which pays off for many lines only.
const createThrifty = (knowledge: Knowledge): LineFilter => {
  let count = 0
  let filter: LineFilter | undefined
  return lines => {
    count += lines.length
    if (count < MANY_LINES) return lines
    filter ??= createLineFilter(knowledge)
    return filter(lines)
  }
}

/**
 * Begins a diagnosis. For one output it gives what `diagnose` gives for the same lines at once, whatever the pieces; memory is
 * bounded by the number of clues, not of lines.
 */
export const createDiagnosis = (knowledge: Knowledge): Diagnosis => {
  const clues: Clue[] = []
  const observations: Observation[] = []
  const uncounted = new Map<string, number>()
  const filter = createThrifty(knowledge)
  return {
    begin: command => {
      let count = 0
      const collector = createClueCollector(knowledge, command)
      return {
        take: lines => {
          count += lines.length
          collector.take(filter(lines))
        },
        close: observation => {
          const own = [...atOnce(findingByFacts(knowledge, observation)), ...collector.clues()]
          const signs = count === observation.output.lines.length ? findSigns(knowledge, observation) : []
          for (const clue of [...settle(own, findSettledLines(observation)), ...signs]) clues.push(clue)
          for (const [cause, more] of collector.uncounted())
            uncounted.set(cause, (uncounted.get(cause) ?? 0) + more)
          // Lines are not needed for what several outputs say together.
          observations.push({ ...observation, output: { ...observation.output, lines: [] } })
        },
      }
    },
    findings: () =>
      rankFindings(knowledge, [...clues, ...findTogether(knowledge, observations)]).map(finding => ({
        ...finding,
        count: finding.count + (uncounted.get(finding.cause) ?? 0),
      })),
  }
}
