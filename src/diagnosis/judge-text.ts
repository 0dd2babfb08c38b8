import { type CapturedOutput, remembered, type TextPattern } from '../base/index.ts'
import { stripColours } from '../facts/index.ts'
import { createScanner } from './scanner.ts'
import type { Evidence, RunResult, Verdict } from './types.ts'

type Opinion = Omit<Verdict, 'branch'>

const MOST_EVIDENCE = 20

/** Lines are looked through so many at a time: enough of them speak for a branch before the end of a long output. */
const PART_LINES = 2_000

const findIn = (pattern: TextPattern, { lines }: CapturedOutput): readonly Evidence[] => {
  const scanner = createScanner([pattern])
  const found: Evidence[] = []
  for (let from = 0; from < lines.length && found.length < MOST_EVIDENCE; from += PART_LINES) {
    const part = lines
      .slice(from, from + PART_LINES)
      .map(({ number, text }) => ({ number, text: stripColours(text) }))
    const textOf = new Map(part.map(({ number, text }) => [number, text]))
    for (const { line, column, length } of scanner.scan(part))
      found.push({ line, column, length, text: textOf.get(line) ?? '', rule: 'branch' })
  }
  return found.slice(0, MOST_EVIDENCE)
}

// A step is judged again at the end of each of its commands, and the output of an earlier one has not changed since.
const foundIn = remembered((output: CapturedOutput) =>
  remembered((pattern: TextPattern) => findIn(pattern, output)),
)

const ended = ({ outcome }: RunResult): boolean =>
  outcome.kind === 'exited' && outcome.code !== 126 && outcome.code !== 127

/** Judges a branch that looks for a text in the output of the results. Output that was cut short cannot show that it is absent. */
export const judgeText = (pattern: TextPattern, results: readonly RunResult[]): Opinion => {
  const evidence = results.flatMap(({ output }) => foundIn(output)(pattern)).slice(0, MOST_EVIDENCE)
  const first = evidence[0]
  if (first !== undefined) return { status: 'holds', because: first.text.trim().slice(0, 100), evidence }
  const wanted = pattern.kind === 'literal' ? pattern.text : `/${pattern.source}/`
  return results.some(ended)
    ? { status: 'fails', because: `the output does not hold ${wanted}`, evidence }
    : { status: 'unknown', because: 'no command ran to its end', evidence }
}
