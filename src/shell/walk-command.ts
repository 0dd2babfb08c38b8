import type { Assignment, Command, CommandArgument } from 'unbash'
import { expandWhole, expandWord } from './expand-word.ts'
import type { Field } from './field.ts'
import type { Found } from './found.ts'
import { judgeAssignment } from './judge-assignment.ts'
import { type Scope, setters } from './scope.ts'
import { walkCall } from './walk-call.ts'
import { walkExpansions } from './walk-expansions.ts'
import { inputOf, walkRedirects } from './walk-redirects.ts'

/** The stages of a simple command: its substitutions, its assignments, its redirections and the program with what it starts. */
export const walkCommand = (command: Command, scope: Scope): readonly Found[] => {
  const assignments = command.prefix.filter(item => item.type === 'Assignment')
  const nested = [...command.prefix, ...command.suffix, ...(command.name ? [command.name] : [])].flatMap(
    part => walkExpansions(part, scope),
  )
  const words = wordsOf(command, scope)
  const own =
    command.name === undefined ? setAll(assignments, scope) : prefixStages(assignments, words, scope)
  const input = inputOf(command.redirects, scope)
  const calls = words.length > 0 ? walkCall(words, { ...scope, input }) : []
  setByName(command, scope)
  return [...nested, ...own, ...calls, ...walkRedirects(command.redirects, scope)]
}

const wordsOf = (command: Command, scope: Scope): readonly Field[] =>
  command.name === undefined
    ? []
    : [
        ...expandWord(command.name, scope.variables),
        ...command.args.flatMap(arg => expandArgument(arg, scope)),
      ]

const expandArgument = (arg: CommandArgument, scope: Scope): readonly Field[] => {
  if (arg.type === 'Word') return expandWord(arg, scope.variables)
  const value = arg.value.type === 'Word' ? expandWhole(arg.value, scope.variables) : undefined
  const prefix = `${arg.name}=${value?.prefix ?? ''}`
  const text = value?.text === undefined ? undefined : `${arg.name}=${value.text}`
  return [{ text, prefix, source: arg.text, globbed: false }]
}

/** Assignments without a command stay in the shell. */
const setAll = (assignments: readonly Assignment[], scope: Scope): readonly Found[] =>
  assignments.map(assignment => {
    const stage = judgeAssignment(assignment, scope)
    setVariable(assignment, scope)
    return stage
  })

/** Assignments in front of a command are only worth a stage when they are dangerous. */
const prefixStages = (
  assignments: readonly Assignment[],
  words: readonly Field[],
  scope: Scope,
): readonly Found[] =>
  assignments
    .filter(assignment => !(assignment.name === 'IFS' && words[0]?.text === 'read'))
    .map(assignment => judgeAssignment(assignment, scope))
    .filter(stage => stage.effect !== 'read')

const setVariable = (assignment: Assignment, scope: Scope): void => {
  const simple =
    assignment.append !== true && assignment.index === undefined && assignment.value.type === 'Word'
  const text =
    simple && assignment.value.type === 'Word'
      ? expandWhole(assignment.value, scope.variables).text
      : undefined
  if (text === undefined) scope.variables.delete(assignment.name)
  else scope.variables.set(assignment.name, text)
}

/** `export X=1`, `read x`, `unset x`: what such a builtin names is set or no longer known. */
const setByName = (command: Command, scope: Scope): void => {
  const name = command.name?.value ?? ''
  if (!setters.has(name)) return
  for (const arg of command.args) {
    if (arg.type === 'Assignment') setVariable(arg, scope)
    else if (name !== 'export') scope.variables.delete(arg.value.split('=')[0] ?? '')
  }
  if (name === 'unset') scope.functions.clear()
}
