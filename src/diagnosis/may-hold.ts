import { type CapturedOutput, type InPieces, remembered } from '../base/index.ts'
import type { Facts } from '../facts/index.ts'
import { shownLines } from './bindings.ts'
import type { Knowledge } from './compile-knowledge.ts'
import type { Expression } from './expression.ts'
import { createLiteralFinder } from './literal-finder.ts'
import { neededTexts } from './needed-texts.ts'

/** From so many lines on, looking for texts first costs less than asking each condition about each line. */
const LONG_OUTPUT = 1_000

/** How many lines are looked through in one piece. */
const PIECE = 1_000

const needsOf = remembered(neededTexts)

const finderOf = remembered(({ conditions }: Knowledge) => {
  const texts = [...new Set(conditions.flatMap(({ expression }) => needsOf(expression).flat()))]
  return { texts, find: createLiteralFinder(texts) }
})

/** Which of the texts that conditions need stand in an output; `undefined` for a short one, of which it is not worth knowing. */
export function* findingTexts(
  knowledge: Knowledge,
  output: CapturedOutput,
): InPieces<ReadonlySet<string> | undefined> {
  if (output.lines.length < LONG_OUTPUT) return undefined
  for (const { expression } of knowledge.conditions) {
    yield
    needsOf(expression)
  }
  yield
  const { texts, find } = finderOf(knowledge)
  const lines = shownLines(output)
  const found = new Set<number>()
  for (let from = 0; from < lines.length; from += PIECE) {
    yield
    for (const line of lines.slice(from, from + PIECE)) for (const index of find(line)) found.add(index)
  }
  return new Set([...found].flatMap(index => texts[index] ?? []))
}

/**
 * False where a condition of the knowledge base cannot be true of a long output: what else it asks is false already, or texts that its
 * lines would need are not among those that were found.
 */
export const mayHold = (
  expression: Expression,
  bindings: Facts,
  found: ReadonlySet<string> | undefined,
): boolean => {
  if (found === undefined || !('lines' in bindings)) return true
  const { lines: _lines, output: _output, ...others } = bindings
  if (expression.test(others) === false) return false
  return needsOf(expression).every(texts => texts.some(text => found.has(text)))
}
