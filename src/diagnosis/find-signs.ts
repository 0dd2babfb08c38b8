import { isBootMark, outlivesBoot } from './boot-mark.ts'
import type { Clue } from './clue.ts'
import type { Knowledge, SignRule } from './compile-knowledge.ts'
import type { TextHit } from './pattern.ts'
import type { Observation } from './types.ts'
import { readWrittenLine, type WrittenLine } from './written-line.ts'

/** Longer outputs are not looked through: where no rule knows one of so many lines, a guess says little. */
const MOST_LINES = 200

// What programs write when something does not go as it should, whatever it is.
const trouble =
  /fail(?!ureThreshold|ed: 0|ed=0|ure=)|\berr(?:or)?\b(?! \|)|refuse|denied|\btime[ -]?out\b(?![=:])|timed out|deadline|unable|can ?not\b|can't|could ?n[o']t|unreach(?!able:)|(?<!ctstate )\binvalid\b|missing|expired|exited (?:with|\()|\bdead\b|\bdown\b|panic|fatal|crash|\blost\b|reject|unhealthy|abort|inactive|stopped|killed|exceed|forbidden|\bunauthorized\b|mismatch|corrupt(?!-)|not (?:found|ready|running|available|reachable|responding|allowed|exist)|no such/i

// A tool that was asked for what is not there, a kernel setting with its value, an entry that its program calls information,
// the flags with which one is begun.
const harmless =
  /^Unit \S+ could not be found|^(?:du|grep|cat|ls|head|tail|find|stat): |^Could not open file|^Unable to load |^[\dA-F]{8,}:error:|^Error: (?:stat|open) |^[\w.-]+ = \S*$|"PRIORITY":"[567]"|level=info msg="Running \S+ --|(?:^|: )I\d{4} \d\d:\d\d:/

/** Of a longer line the beginning tells what it is about. */
const LONGEST = 1_000

/** A line with where it stands. */
type Line = { readonly number: number; readonly written: WrittenLine }

const clueOf = ({ cause, sign }: SignRule, { number, written }: Line, hit: TextHit): Clue => {
  const start = written.shownAt(hit.start)
  const length = written.shownAt(hit.start + hit.length) - start
  const evidence = { line: number, column: start + 1, length, text: written.shown, rule: sign.rule }
  return { cause, severity: 'info', origin: sign.isBroad ? 'broad-sign' : 'sign', evidence }
}

/**
 * What an output might be about that no rule knows: of each line that speaks of trouble the subject, which the command may give too,
 * and what is said of it.
 */
export const findSigns = (knowledge: Knowledge, { command, output }: Observation): readonly Clue[] => {
  if (output.lines.length > MOST_LINES) return []
  const bootedAt = output.lines.findLastIndex(({ text }) => isBootMark(text))
  return output.lines.flatMap(({ number, text }, at) => {
    const written = readWrittenLine(text.slice(0, LONGEST))
    if (!trouble.test(written.text) || harmless.test(written.text)) return []
    return knowledge.signs.flatMap(rule => {
      if (at < bootedAt && !outlivesBoot(rule.cause)) return []
      const hit = rule.find(written.text, command)
      if (hit === undefined || knowledge.benign.get(rule.cause.id)?.(written.text)) return []
      return [clueOf(rule, { number, written }, hit)]
    })
  })
}
