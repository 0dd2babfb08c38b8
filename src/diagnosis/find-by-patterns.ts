import type { OutputLine } from '../base/index.ts'
import { stripColours } from '../facts/index.ts'
import type { Clue } from './clue.ts'
import type { Knowledge, PatternRule } from './compile-knowledge.ts'
import type { Match, ScanLine } from './scanner.ts'
import { sourceTest } from './sources.ts'
import type { Observation } from './types.ts'

const LONGEST_QUOTE = 400

const toScanLine = ({ number, text }: OutputLine): ScanLine => ({ number, text: stripColours(text) })

const clueOf = ({ cause, pattern }: PatternRule, match: Match, text: string): Clue => ({
  cause,
  severity: pattern.severity,
  origin: 'line',
  evidence: {
    line: match.line,
    column: match.column,
    length: match.length,
    text: text.slice(0, LONGEST_QUOTE),
    rule: pattern.rule,
  },
})

/** The causes that an output's lines point to; look-alikes are passed over. Columns count in the text without colour codes. */
export const findByPatterns = (knowledge: Knowledge, observation: Observation): readonly Clue[] => {
  const shows = sourceTest(observation.command)
  const lines = observation.output.lines.map(toScanLine)
  const textOf = new Map(lines.map(line => [line.number, line.text]))
  return knowledge.scanner.scan(lines).flatMap(match => {
    const rule = knowledge.patterns[match.pattern]
    const text = textOf.get(match.line) ?? ''
    if (rule === undefined || !shows(rule.pattern.sources)) return []
    return knowledge.benign.get(rule.cause.id)?.(text) ? [] : [clueOf(rule, match, text)]
  })
}
