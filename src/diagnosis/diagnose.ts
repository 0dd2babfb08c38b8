import { settle } from './clue.ts'
import type { Knowledge } from './compile-knowledge.ts'
import { findByFacts } from './find-by-facts.ts'
import { findByPatterns } from './find-by-patterns.ts'
import { findSettledLines } from './find-settled-lines.ts'
import { rankFindings } from './rank-findings.ts'
import type { Finding, Observation } from './types.ts'

/** The causes that a command's output points to, the one to act on first, each with its evidence. Empty when nothing does. */
export const diagnose = (knowledge: Knowledge, observation: Observation): readonly Finding[] =>
  rankFindings(
    knowledge,
    settle(
      [...findByFacts(knowledge, observation), ...findByPatterns(knowledge, observation)],
      findSettledLines(observation),
    ),
  )
