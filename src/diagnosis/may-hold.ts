import { type CapturedOutput, remembered } from '../base/index.ts'
import type { Facts } from '../facts/index.ts'
import { textsOf } from './bindings.ts'
import type { Expression } from './expression.ts'
import { neededTexts } from './needed-texts.ts'

/** From so many lines on, looking for texts first costs less than asking about each line. */
const LONG_OUTPUT = 1_000

const needsOf = remembered(neededTexts)

/** Whether a text in small letters stands in an output: many expressions need the same. */
const finderOf = remembered((output: CapturedOutput) => {
  const whole = textsOf(output).output.toLowerCase()
  const known = new Map<string, boolean>()
  return (text: string): boolean => {
    const isIn = known.get(text) ?? whole.includes(text)
    known.set(text, isIn)
    return isIn
  }
})

/**
 * False where an expression cannot be true of a long output: what else it asks is false already, or texts that its lines would need
 * stand nowhere.
 */
export const mayHold = (expression: Expression, bindings: Facts, output: CapturedOutput): boolean => {
  if (!('lines' in bindings) || output.lines.length < LONG_OUTPUT) return true
  const { lines: _lines, output: _output, ...others } = bindings
  if (expression.test(others) === false) return false
  return needsOf(expression).every(texts => texts.some(finderOf(output)))
}
