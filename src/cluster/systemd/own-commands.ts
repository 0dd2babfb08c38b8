import { shellLine } from '../relations/shell-line.ts'
import type { Machine } from '../world/machine.ts'
import type { Unit } from '../world/unit.ts'
import { environmentOf, expandWords } from './command-line.ts'

/** Whether what a unit starts is run as its file says it. */
export const isOrdered = ({ isOwn, definition }: Unit): boolean =>
  isOwn === true && (definition.type === 'simple' || definition.type === 'oneshot')

/** A command of a unit: its words, the same as text for a shell, and whether it may fail. */
export type OwnCommand = {
  readonly words: readonly string[]
  readonly line: string
  readonly mayFail: boolean
}

/** The commands of a unit's file, those before the main ones apart. */
export const ownCommands = (
  machine: Machine,
  unit: Unit,
): { readonly before: readonly OwnCommand[]; readonly main: readonly OwnCommand[] } => {
  const { execStartPre, execStart, moreStarts = [] } = unit.definition
  const environment = environmentOf(machine, unit)
  const read = (command: string): OwnCommand => {
    const words = expandWords(command, environment)
    return { words, line: shellLine(machine, words), mayFail: /^[@:+!]*-/.test(command) }
  }
  return {
    before: execStartPre.map(read),
    main: [execStart, ...moreStarts].filter(command => command !== '').map(read),
  }
}
