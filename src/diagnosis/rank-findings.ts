import { type Clue, isByRule, withFewSigns } from './clue.ts'
import type { Knowledge } from './compile-knowledge.ts'
import type { Cause, Finding, Severity } from './types.ts'

const MOST_EVIDENCE = 20
const MOST_GUESSES = 3

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

const worst = (clues: readonly Clue[]): Severity =>
  clues.reduce<Severity>(
    (found, clue) => (weight[clue.severity] < weight[found] ? clue.severity : found),
    'info',
  )

// Several patterns of one cause on one line are one piece of evidence.
const distinctLines = (clues: readonly Clue[]): readonly Clue[] => {
  const seen = new Set<number>()
  return clues.filter(({ origin, evidence }) => {
    if (origin === 'fact') return true
    if (seen.has(evidence.line)) return false
    seen.add(evidence.line)
    return true
  })
}

/** A finding with what decides its place in the ranking; `lastLine` is where its newest evidence stands. */
type Candidate = {
  readonly finding: Finding
  readonly cause: Cause
  readonly byFact: boolean
  readonly isVague: boolean
  readonly lastLine: number
}

const newestLine = (clues: readonly Clue[]): number =>
  clues.reduce((newest, { evidence }) => Math.max(newest, evidence.line), 0)

const candidateOf = (cause: Cause, clues: readonly Clue[]): Candidate => {
  const facts = clues.filter(clue => clue.origin === 'fact')
  const pieces = distinctLines([...facts, ...clues.filter(clue => clue.origin !== 'fact')])
  const { id, title, layer, meaning, next, explains } = cause
  return {
    cause,
    byFact: facts.length > 0,
    isVague: cause.generic === true || clues.every(clue => clue.origin === 'broad-sign'),
    lastLine: newestLine(clues),
    finding: {
      cause: id,
      title,
      layer,
      severity: worst(clues),
      meaning,
      count: pieces.length,
      evidence: pieces.slice(0, MOST_EVIDENCE).map(clue => clue.evidence),
      next,
      consequenceOf: undefined,
      ...(explains.length === 0 ? {} : { explains }),
      ...(clues.some(isByRule) ? {} : { isGuess: true }),
    },
  }
}

// What is hardly more than a hint does not explain an error.
const explanationOf = ({ finding }: Candidate, all: readonly Candidate[]): string | undefined =>
  all.find(
    other =>
      other.cause.explains.includes(finding.cause) &&
      other.finding.severity !== 'info' &&
      weight[other.finding.severity] <= weight[finding.severity],
  )?.finding.cause

const PERSISTENT = 3
const LONG_OUTPUT = 50

// A log is read from its oldest line to its newest: what was last seen well before its end is over, or of another time.
const wasLeftBehind = ({ lastLine }: Candidate, end: number): boolean =>
  end >= LONG_OUTPUT && lastLine > 0 && lastLine < end * (2 / 3)

const placeOf = (candidate: Candidate, end: number): readonly number[] => {
  const { finding, byFact, isVague } = candidate
  return [
    finding.severity === 'info' ? 1 : 0,
    finding.consequenceOf === undefined ? 0 : 1,
    isVague ? 1 : 0,
    weight[finding.severity],
    byFact ? 0 : 1,
    finding.count >= PERSISTENT ? 0 : 1,
    wasLeftBehind(candidate, end) ? 1 : 0,
    -finding.count,
  ]
}

const inOrder = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const end = Math.max(0, ...candidates.map(candidate => candidate.lastLine))
  const places = new Map(candidates.map(candidate => [candidate, placeOf(candidate, end)]))
  return candidates.toSorted((left, right) => {
    const [a, b] = [places.get(left) ?? [], places.get(right) ?? []]
    const index = a.findIndex((value, at) => value !== b[at])
    return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0)
  })
}

/**
 * Clues made into findings, the one to act on first: causes before their consequences, specific before generic causes, errors
 * before warnings, facts before lines, persistent before single, what is seen to the end of a long output before what stopped, then
 * what was seen more often; otherwise in the order of the knowledge base. Of the causes that only signs speak for, the
 * first three are kept.
 */
export const rankFindings = (knowledge: Knowledge, clues: readonly Clue[]): readonly Finding[] => {
  const byCause = Map.groupBy(withFewSigns(clues), clue => clue.cause.id)
  const candidates = [...knowledge.causes.values()].flatMap(cause => {
    const own = byCause.get(cause.id)
    return own === undefined ? [] : [candidateOf(cause, own)]
  })
  const explained = candidates.map(candidate => ({
    ...candidate,
    finding: { ...candidate.finding, consequenceOf: explanationOf(candidate, candidates) },
  }))
  const ranked = inOrder(explained)
  const tooMany = new Set(ranked.filter(candidate => candidate.finding.isGuess).slice(MOST_GUESSES))
  return ranked.filter(candidate => !tooMany.has(candidate)).map(candidate => candidate.finding)
}
