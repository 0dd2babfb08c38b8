import { type CapturedOutput, remembered } from '../base/index.ts'
import { type Facts, type FactValue, stripColours, wholeText } from '../facts/index.ts'
import type { Expression } from './expression.ts'
import type { Observation } from './types.ts'
import { withUsualNames } from './usual-names.ts'
import { isOwned, withoutOwner } from './written-line.ts'

const exitOf = ({ outcome }: Observation): Facts => {
  if (outcome.kind === 'exited') return { exit: outcome.code }
  // A shell says 127 for a program that is not there; a target that finds out before the shell does means the same.
  return outcome.kind === 'not-started' && outcome.reason === 'not-found' ? { exit: 127 } : {}
}

const shownTexts = remembered((output: CapturedOutput) => {
  const written: readonly string[] = output.lines.map(line => line.text)
  const whole = wholeText(output)
  if (stripColours(whole) === whole && !whole.includes('\ufeff')) return { lines: written, whole }
  const lines = written.map(stripColours)
  return { lines, whole: lines.join('\n') }
})

/** An output's lines without colours, as `output` holds them. */
export const shownLines = (output: CapturedOutput): readonly string[] => shownTexts(output).lines

/** The texts of an output, made once for all expressions: of a long one they are megabytes. */
const textsOf = remembered((output: CapturedOutput): Facts => {
  const { lines, whole } = shownTexts(output)
  return { lines: lines.some(isOwned) ? lines.map(withoutOwner) : lines, output: whole }
})

/**
 * What an expression is tested on: facts, and of one result `exit` (absent when the command did not end by itself), `timedOut`,
 * `output`, `lines` (without the names of containers in front) and `command` (with `kubectl` for its other names), and `now` (when it ran, where that is known).
 */
export const bindingsOf = (expression: Expression, facts: Facts, newest: Observation): Facts => {
  const wantsText = expression.names.some(name => name === 'output' || name === 'lines')
  const timedOut: FactValue = newest.outcome.kind === 'timed-out'
  return {
    ...facts,
    ...exitOf(newest),
    timedOut,
    command: withUsualNames(newest.command),
    ...(newest.at === undefined ? {} : { now: newest.at }),
    ...(wantsText ? textsOf(newest.output) : {}),
  }
}
