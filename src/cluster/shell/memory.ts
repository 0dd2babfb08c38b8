import type { Statement } from './script.ts'
import { onlyCommand, wordsOf } from './script.ts'

/** What a shell keeps from line to line beyond variables and folder. */
export type Memory = {
  readonly functions: Map<string, Statement>
  /** The lines that set options, in their order. */
  readonly settings: Statement[]
  readonly arrayNames: Set<string>
  /** The arrays as `declare -p` writes them. */
  arrays: string
  /** The status of the last line. */
  status: number
  /** How the parts of its last pipeline ended, where it had several. */
  parts: readonly number[]
  /** The names of the variables that may be handed to the shell, which are its children's too. */
  readonly handed: readonly string[]
  /** What `trap … EXIT` set up. */
  farewell: string
}

/** The memory of a shell that has just begun, with the names of the variables that it was given. */
export const createMemory = (handed: readonly string[] = []): Memory => ({
  functions: new Map(),
  settings: [],
  arrayNames: new Set(),
  arrays: '',
  status: 0,
  parts: [],
  handed,
  farewell: '',
})

const optionWord = /^[-+](o|[xufvC]+)$/
const arrayReaders = new Set(['mapfile', 'readarray'])

const noteArrays = (memory: Memory, words: readonly (string | undefined)[]): void => {
  const [name = ''] = words
  const last = words.at(-1)
  const isReader = arrayReaders.has(name) || (name === 'read' && words.includes('-a'))
  const isDeclaration = /^(declare|typeset)$/.test(name) && words.some(word => /^-[aA]/.test(word ?? ''))
  if ((isReader || isDeclaration) && last !== undefined && /^\w+$/.test(last)) memory.arrayNames.add(last)
}

/** The handler of a `trap HANDLER EXIT`, empty where it is taken away; `undefined` for any other command. */
export const farewellOf = (words: readonly (string | undefined)[]): string | undefined => {
  const [name, handler, ...signals] = words
  if (
    name !== 'trap' ||
    handler === undefined ||
    !signals.some(signal => signal === 'EXIT' || signal === '0')
  )
    return undefined
  return handler === '-' ? '' : handler
}

/** What an option was before, and that one is off, need not be said again at each line. */
const noteSetting = (memory: Memory, statement: Statement, words: readonly (string | undefined)[]): void => {
  const settingOf = (said: readonly (string | undefined)[]): string => said.slice(1).join(' ').slice(1)
  const kept = memory.settings.filter(earlier => {
    const command = onlyCommand(earlier)
    return command === undefined || settingOf(wordsOf(command)) !== settingOf(words)
  })
  memory.settings.splice(0, memory.settings.length, ...kept)
  if (words[1]?.startsWith('-') === true) memory.settings.push(statement)
}

const noteStatement = (memory: Memory, statement: Statement): void => {
  const command = onlyCommand(statement)
  if (command?.type === 'FunctionDef') memory.functions.set(command.name, statement)
  if (command?.type !== 'SimpleCommand') return
  for (const { name, array } of command.assignments) if (array !== null) memory.arrayNames.add(name)
  const words = wordsOf(command)
  const [name, option = ''] = words
  if (name === 'unset') for (const word of words) if (word !== undefined) memory.functions.delete(word)
  if (name === 'set' && optionWord.test(option) && !words.includes('errexit'))
    noteSetting(memory, statement, words)
  if (name === 'shopt') memory.settings.push(statement)
  memory.farewell = farewellOf(words) ?? memory.farewell
  noteArrays(memory, words)
}

/** Takes what a line sets up into the memory, before the line runs. */
export const noteScript = (memory: Memory, statements: readonly Statement[]): void => {
  memory.parts = []
  for (const statement of statements) noteStatement(memory, statement)
}
