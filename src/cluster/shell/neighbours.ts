import type { Command, SimpleCommand } from './script.ts'
import { wordsOf } from './script.ts'

/** A variable by which a program learns what runs beside it in its pipeline, as a list of command lines. */
export const BESIDE = '__beside'

/** Tells a command that looks at processes of those that were begun with it. */
export const withNeighbours = (command: Command, all: readonly Command[]): Command => {
  if (command.type !== 'SimpleCommand' || all.length === 1) return command
  if (!wordsOf(command).slice(0, 2).includes('ps')) return command
  const lines = all
    .filter(each => each !== command)
    .map(wordsOf)
    .filter(words => words.length > 0 && !words.includes(undefined))
    .map(words => words.join(' '))
  const value = JSON.stringify(lines)
  const told: SimpleCommand['assignments'][number] = {
    type: 'Assignment',
    name: BESIDE,
    value: { type: 'Word', parts: [{ type: 'SingleQuoted', value }] },
    append: false,
    array: null,
  }
  return { ...command, assignments: [...command.assignments, told] }
}
