import type { InPieces, OutputLine } from '../base/index.ts'
import { isBootMark, outlivesBoot } from './boot-mark.ts'
import { asHistory, type Clue } from './clue.ts'
import type { Knowledge, PatternRule } from './compile-knowledge.ts'
import type { Match, ScanLine } from './scanner.ts'
import { sourceTest } from './sources.ts'
import type { Observation } from './types.ts'
import { readWrittenLine, type WrittenLine } from './written-line.ts'

const LONGEST_QUOTE = 400

/** The beginning of the line, and always as far as the hit. */
const quoteOf = (text: string, { column, length }: Match): string =>
  text.slice(0, Math.max(LONGEST_QUOTE, column - 1 + length))

type ReadLine = ScanLine & WrittenLine

const readLine = ({ number, text }: OutputLine): ReadLine => ({ number, ...readWrittenLine(text) })

const asShown = (match: Match, { shownAt }: ReadLine): Match => {
  const start = shownAt(match.column - 1)
  return { ...match, column: start + 1, length: shownAt(match.column - 1 + match.length) - start }
}

const clueOf = ({ cause, pattern }: PatternRule, match: Match, text: string): Clue => ({
  cause,
  severity: pattern.severity,
  origin: 'line',
  evidence: {
    line: match.line,
    column: match.column,
    length: match.length,
    text: quoteOf(text, match),
    rule: pattern.rule,
  },
})

// The number of the last line that says the trouble is over, for each cause, looked for once.
const recoveries = (knowledge: Knowledge, lines: readonly OutputLine[]) => {
  const known = new Map<string, number>()
  return (cause: string): number => {
    const isRecovery = knowledge.recovered.get(cause)
    if (isRecovery === undefined) return 0
    const number = known.get(cause) ?? lines.findLast(line => isRecovery(readLine(line).text))?.number ?? 0
    known.set(cause, number)
    return number
  }
}

/** How many lines are scanned in one piece. */
const PIECE = 1_000

/** The causes that an output's lines point to; look-alikes are passed over. Columns count in the text without colour codes. */
export function* findingByPatterns(
  knowledge: Knowledge,
  observation: Observation,
): InPieces<readonly Clue[]> {
  const shows = sourceTest(observation.command)
  const { lines } = observation.output
  // Of a long output few lines are kept beyond their piece: what is soon done with costs the engine next to nothing.
  const matchedLines = new Map<number, ReadLine>()
  const matches: Match[] = []
  let bootedAt = 0
  for (let from = 0; from < lines.length; from += PIECE) {
    yield
    const piece = lines.slice(from, from + PIECE).map(readLine)
    bootedAt = piece.findLast(line => isBootMark(line.text))?.number ?? bootedAt
    const numbers = new Set<number>()
    for (const match of knowledge.scanner.scan(piece)) {
      matches.push(match)
      numbers.add(match.line)
    }
    if (numbers.size === 0) continue
    for (const line of piece) if (numbers.has(line.number)) matchedLines.set(line.number, line)
  }
  const recoveredAt = recoveries(knowledge, lines)
  return matches.flatMap(match => {
    const rule = knowledge.patterns[match.pattern]
    const line = matchedLines.get(match.line)
    if (rule === undefined || line === undefined || !shows(rule.pattern.sources)) return []
    if (knowledge.benign.get(rule.cause.id)?.(line.text)) return []
    const clue = clueOf(rule, asShown(match, line), line.shown)
    const isOver =
      match.line < recoveredAt(rule.cause.id) || (match.line < bootedAt && !outlivesBoot(rule.cause))
    return isOver ? asHistory(clue) : clue
  })
}
