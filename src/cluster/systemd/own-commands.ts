import { readText } from '../files/file-tree.ts'
import { quoteWords } from '../kube/quote-words.ts'
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

/** What stands in the file of a program that the shell has itself. */
const BUILT_IN = /^#!\S+\n# Built-in command/

const SHELL = /\/(ba|da)?sh$/

/** What a shell is to be given to run these words; a script and the text of `sh -c` run in the shell itself. */
const lineOf = (machine: Machine, words: readonly string[]): string => {
  const [program = '', ...args] = words
  const [first = '', text = '', ...more] = args
  if (SHELL.test(program) && first === '-c' && more.length === 0) return text
  const [path = '', ...own] = SHELL.test(program) && !first.startsWith('-') ? args : words
  const script = readText(machine.files, path)
  const isShells =
    script !== undefined &&
    !BUILT_IN.test(script) &&
    (path !== program || /^#!\s*\S*\b(ba|da)?sh\b/.test(script))
  if (!isShells) return quoteWords(words)
  return own.length === 0 ? script : `set -- ${quoteWords(own)}\n${script}`
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
    return { words, line: lineOf(machine, words), mayFail: /^[@:+!]*-/.test(command) }
  }
  return {
    before: execStartPre.map(read),
    main: [execStart, ...moreStarts].filter(command => command !== '').map(read),
  }
}
