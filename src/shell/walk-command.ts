import type { Assignment, Command, CommandArgument } from 'unbash'
import { expandWhole, expandWord } from './expand-word.ts'
import type { Field } from './field.ts'
import { type Found, foundPlain } from './found.ts'
import { judgeAssignment } from './judge-assignment.ts'
import { listSetByBuiltin } from './list-assigned.ts'
import { isLoaderVariable } from './loader-variables.ts'
import type { Scope } from './scope.ts'
import { walkCall } from './walk-call.ts'
import { walkExpansions } from './walk-expansions.ts'
import { inputOf, walkRedirects } from './walk-redirects.ts'

/** The stages of a simple command: its substitutions, its assignments, its redirections and the program with what it starts. */
export const walkCommand = (command: Command, scope: Scope): readonly Found[] => {
  const parts = [...command.prefix, ...(command.name ? [command.name] : []), ...command.suffix]
  const nested = parts.flatMap(part => walkExpansions(part, scope))
  const words = wordsOf(command, scope)
  return [
    ...nested,
    ...(command.name === undefined ? setAll(prefixOf(command), scope) : judgePrefix(command, words, scope)),
    ...(words.length > 0 ? walkProgram(command, words, scope) : []),
    ...walkRedirects(command.redirects, scope),
  ]
}

const prefixOf = (command: Command): readonly Assignment[] =>
  command.prefix.filter(item => item.type === 'Assignment')

/** The program is walked without the variables that stand in front of it, because only it sees them. */
const walkProgram = (command: Command, words: readonly Field[], scope: Scope): readonly Found[] => {
  for (const assignment of prefixOf(command)) scope.variables.delete(assignment.name)
  const found = walkCall(words, { ...scope, input: inputOf(command.redirects, scope) })
  return [...found, ...setByBuiltin(command, scope)]
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

/** Assignments with a command, in front of it or as its arguments, are only worth a stage when they are dangerous. */
const judgePrefix = (command: Command, words: readonly Field[], scope: Scope): readonly Found[] =>
  [...prefixOf(command), ...command.args.filter(arg => arg.type === 'Assignment')]
    .filter(assignment => !(assignment.name === 'IFS' && words[0]?.text === 'read'))
    .map(assignment => judgeAssignment(assignment, scope))
    .filter(stage => stage.effect !== 'read')

const setVariable = (assignment: Assignment, scope: Scope): void => {
  const value = assignment.value.type === 'Word' ? expandWhole(assignment.value, scope.variables) : undefined
  if (value?.text === undefined || assignment.append === true || assignment.index !== undefined)
    scope.variables.delete(assignment.name)
  else scope.variables.set(assignment.name, value.text)
}

/** `export X=1`, `read x`, `unset x`: what such a builtin names is set, or no longer known. */
const setByBuiltin = (command: Command, scope: Scope): readonly Found[] => {
  const { names } = listSetByBuiltin(command)
  for (const name of names) scope.variables.delete(name)
  for (const arg of command.args) if (arg.type === 'Assignment') setVariable(arg, scope)
  if (names.includes('unset')) scope.functions.clear()
  const loader = names.find(name => isLoaderVariable(name, undefined))
  return loader === undefined || names.includes('export')
    ? []
    : [foundPlain(`${loader}=`, 'unknown', `${loader} decides what other programs run`)]
}
