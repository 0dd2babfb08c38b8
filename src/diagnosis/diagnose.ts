import { atOnce, type InPieces } from '../base/index.ts'
import { settle } from './clue.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { findingByFacts } from './find-by-facts.ts'
import { findingByPatterns } from './find-by-patterns.ts'
import { findSettledLines } from './find-settled-lines.ts'
import { findSigns } from './find-signs.ts'
import { rankFindings } from './rank-findings.ts'
import type { Finding, Observation } from './types.ts'

/** The causes that a command's output points to, the one to act on first, each with its evidence. Empty when nothing does. */
export function* diagnosing(knowledge: Knowledge, observation: Observation): InPieces<readonly Finding[]> {
  const byFacts = yield* findingByFacts(knowledge, observation)
  const byPatterns = yield* findingByPatterns(knowledge, observation)
  const clues = settle([...byFacts, ...byPatterns], findSettledLines(observation))
  return rankFindings(knowledge, [...clues, ...findSigns(knowledge, observation)])
}

/** The same at once. */
export const diagnose = (knowledge: Knowledge, observation: Observation): readonly Finding[] =>
  atOnce(diagnosing(knowledge, observation))
