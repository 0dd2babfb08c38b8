import type { TextPattern } from '../base/index.ts'
import { stripColours } from '../facts/index.ts'
import { createScanner } from './scanner.ts'
import type { Evidence, RunResult, Verdict } from './types.ts'

type Opinion = Omit<Verdict, 'branch'>

const MOST_EVIDENCE = 20

const linesWith = (pattern: TextPattern, { output }: RunResult): readonly Evidence[] => {
  const lines = output.lines.map(({ number, text }) => ({ number, text: stripColours(text) }))
  const textOf = new Map(lines.map(line => [line.number, line.text]))
  return createScanner([pattern])
    .scan(lines)
    .map(({ line, column, length }) => ({
      line,
      column,
      length,
      text: textOf.get(line) ?? '',
      rule: 'branch',
    }))
}

const ended = ({ outcome }: RunResult): boolean =>
  outcome.kind === 'exited' && outcome.code !== 126 && outcome.code !== 127

/** Judges a branch that looks for a text in the output of the results. Output that was cut short cannot show that it is absent. */
export const judgeText = (pattern: TextPattern, results: readonly RunResult[]): Opinion => {
  const evidence = results.flatMap(result => linesWith(pattern, result)).slice(0, MOST_EVIDENCE)
  const first = evidence[0]
  if (first !== undefined) return { status: 'holds', because: first.text.trim().slice(0, 100), evidence }
  const wanted = pattern.kind === 'literal' ? pattern.text : `/${pattern.source}/`
  return results.some(ended)
    ? { status: 'fails', because: `the output does not hold ${wanted}`, evidence }
    : { status: 'unknown', because: 'no command ran to its end', evidence }
}
